import * as nodeFileSystem from 'node:fs/promises';

/** An open file, as far as images need it. */
export interface OpenFile {
  write(data: Uint8Array, offset: number, length: number, position: number): Promise<{ readonly bytesWritten: number }>;
  read(data: Uint8Array, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** The few calls of the file system that images are made with; handed in so that tests can make each of them fail. */
export interface FileSystem {
  open(path: string, flags: number): Promise<OpenFile>;
  mkdir(path: string): Promise<unknown>;
  rename(from: string, to: string): Promise<void>;
  rm(path: string, options: { readonly recursive: boolean; readonly force: boolean }): Promise<void>;
  rmdir(path: string): Promise<void>;
  readdir(path: string): Promise<string[]>;
  /** Never follows a symbolic link. */
  lstat(path: string): Promise<{ isDirectory(): boolean; isFile(): boolean; readonly size: number }>;
  stat(path: string): Promise<{ isDirectory(): boolean; readonly dev: number }>;
  access(path: string, mode: number): Promise<void>;
  /** `type` tells the kinds of file systems apart, on Linux. */
  statfs(
    path: string,
  ): Promise<{ readonly type: number; readonly bsize: number; readonly bavail: number; readonly blocks: number }>;
}

export const systemFiles: FileSystem = nodeFileSystem;
