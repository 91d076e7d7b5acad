import Glibc

/// Locks on files, which the kernel ends with the process that has them: none is ever stale.
///
/// They belong to a process, and end when it closes the file, whichever descriptor it closes.
enum FileLock {
  /// Locks a whole file, or one byte of it; whether nobody else has.
  @discardableResult
  static func take(_ descriptor: Int32, byte: Int? = nil) -> Bool {
    var lock = lock(byte)
    return fcntl(descriptor, F_SETLK, &lock) == 0
  }

  /// Another process that has a lock on any byte of a file.
  static func owner(of descriptor: Int32) -> pid_t? {
    var lock = lock(nil)
    guard fcntl(descriptor, F_GETLK, &lock) == 0, lock.l_type != Int16(F_UNLCK) else { return nil }
    return lock.l_pid
  }

  /// Whether an open file is still the one at a path, which another process may have removed.
  static func isFile(_ descriptor: Int32, at path: String) -> Bool {
    var ours = stat()
    var theirs = stat()
    return fstat(descriptor, &ours) == 0 && stat(path, &theirs) == 0
      && ours.st_ino == theirs.st_ino && ours.st_dev == theirs.st_dev
  }

  private static func lock(_ byte: Int?) -> flock {
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = off_t(byte ?? 0)
    lock.l_len = byte == nil ? 0 : 1
    return lock
  }
}
