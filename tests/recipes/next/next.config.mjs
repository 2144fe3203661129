// The project lies in another one, whose lock file is not its own.
export default { turbopack: { root: import.meta.dirname } };
