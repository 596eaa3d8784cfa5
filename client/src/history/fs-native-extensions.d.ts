/** What is used of it; the package brings no types. */
declare module "fs-native-extensions" {
  /** Takes the operating system's exclusive lock of an open file; false when another open file holds it. */
  export function tryLock(fd: number): boolean;
}
