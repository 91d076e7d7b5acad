import Glibc

/// The files that this session will write, announced to other sessions with the same files.
///
/// Each file has a lock file in the state folder, and each session a byte of it, so that any can
/// see the others at any time.
struct FileClaim {
  private var paths: [String] = []
  private var descriptors: [Int32] = []
  /// The sessions that were reported.
  private var known: Set<pid_t> = []

  /// Claims these files and no others; gives the process that has one of them too and was not
  /// reported yet.
  mutating func follow(_ claimed: [String]) -> (path: String, process: pid_t)? {
    if claimed != paths {
      release()
      paths = claimed
      descriptors = claimed.map(FileClaim.lockFile)
    }
    for (path, descriptor) in zip(paths, descriptors) where descriptor >= 0 {
      if let process = FileLock.owner(of: descriptor), known.insert(process).inserted {
        return (path, process)
      }
    }
    return nil
  }

  /// Gives all up; a lock file that nobody else has open goes.
  mutating func release() {
    for (path, descriptor) in zip(paths, descriptors) where descriptor >= 0 {
      if FileLock.owner(of: descriptor) == nil, let file = FileClaim.file(for: path) {
        unlink(file)
      }
      close(descriptor)
    }
    paths = []
    descriptors = []
  }

  /// Opens a file's lock file and locks our byte of it; -1 where that cannot be.
  private static func lockFile(_ path: String) -> Int32 {
    guard let file = file(for: path), let state = Drafts.state else { return -1 }
    Drafts.makeFolder("\(state)/locks")
    // Another session may remove the file between our two calls: then it is not the file any more.
    for _ in 0..<5 {
      let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { return -1 }
      FileLock.take(descriptor, byte: Int(getpid()))
      if FileLock.isFile(descriptor, at: file) { return descriptor }
      close(descriptor)
    }
    return -1
  }

  private static func file(for path: String) -> String? {
    // FNV-1a: the same name for the same file in every process.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in Files.canonical(path).utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return Drafts.state.map { "\($0)/locks/\(String(hash, radix: 16))" }
  }
}
