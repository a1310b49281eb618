/** The variable names another esbuild, perhaps of another version. esbuild reads it when it is loaded, so this comes first. */
delete process.env['ESBUILD_BINARY_PATH'];
