/** What reading a file or folder comes to; undefined where there is none. @throws what else went wrong. */
export const unlessMissing = <Content>(reading: Promise<Content>): Promise<Content | undefined> =>
  reading.catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
