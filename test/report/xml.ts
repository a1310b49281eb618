import { validateXML, type XMLInput } from 'xmllint-wasm';

/** What libxml2 says against a document; empty: it is well-formed, and follows the schema where one is given. */
export const xmlErrors = async (contents: string, schema?: string): Promise<readonly string[]> => {
  const xml: XMLInput = { fileName: 'document.xml', contents };
  const { errors } = await (schema === undefined
    ? validateXML({ xml, normalization: 'c14n' })
    : validateXML({ xml, schema: { fileName: 'schema.xsd', contents: schema } }));
  return errors.map(({ rawMessage }) => rawMessage);
};
