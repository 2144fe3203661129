// The disk of the program `kelisim` in a page: files in memory, and nothing of this machine. It has the functions of
// `compiler/src/owner/disk/node.js`, in whose place it stands, and must not decide anything.

const files = new Map();

function there(path) {
  const content = files.get(path);
  if (!content) throw new Error("No such file or directory");
  return content;
}

const isDirectory = (path) => [...files.keys()].some((name) => name.startsWith(`${path}/`));

// The program's memory goes on changing, so a file keeps a copy.
export const write = (path, content) => void files.set(path, content.slice());
export const read = (path) => there(path);
export const makeDirectory = () => {};
export const canonical = (path) => (isDirectory(path) || there(path), path);
export const isFile = (path) => files.has(path) || (isDirectory(path) ? false : !!there(path));
export const checkWritable = there;
export const copyPermissions = () => {};
export function rename(from, to) {
  files.set(to, there(from));
  files.delete(from);
}
export const remove = (path) => void files.delete(path);

export const build = () => "dist";
export const processId = () => 1;

// What lies in a folder, by name.
export const filesIn = (folder) =>
  Object.fromEntries(
    [...files].filter(([path]) => path.startsWith(`${folder}/`)).map(([path, content]) => [path.slice(folder.length + 1), content]),
  );

export function clear(folder) {
  for (const name of Object.keys(filesIn(folder))) files.delete(`${folder}/${name}`);
}
