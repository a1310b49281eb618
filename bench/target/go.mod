module bench.invalid/target

go 1.24
