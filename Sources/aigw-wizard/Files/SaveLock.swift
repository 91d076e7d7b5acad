import Glibc

/// The one lock under which files are compared and replaced: of two sessions that save one file in
/// the same instant, the second sees what the first wrote.
enum SaveLock {
  /// How often, ten milliseconds apart, a lock is tried that another session has.
  private static let tries = 1000

  /// Does something while no other session saves; throws where one does not come to its end. Where
  /// there is no folder for the lock's file, it is done without.
  static func held<Result>(_ body: () -> Result) throws(Failure) -> Result {
    guard let folder = Drafts.folder else { return body() }
    Drafts.makeFolder(folder)
    let path = "\(folder)/.saving"
    for _ in 0..<tries {
      let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
      guard descriptor >= 0 else { return body() }
      defer { close(descriptor) }
      if FileLock.take(descriptor), FileLock.isFile(descriptor, at: path) {
        // Whoever waits for this file finds another, or none, at its path.
        defer { unlink(path) }
        return body()
      }
      poll(nil, 0, 10)
    }
    throw Failure(
      status: Exit.unreadable,
      message: "another aigw-wizard has been saving for \(tries / 100) s; save again")
  }
}
