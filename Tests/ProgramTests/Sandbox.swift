// Invariants of these tests
// - They know the program only as a user does: its binary, keys, screen, files, exit status.
// - Every test has folders and a terminal of its own, and ends what it started.
// - Nothing sleeps: a test waits for what it looks for, and fails at a deadline.

import Foundation
import Glibc

/// The program under test and what the machine has.
enum Built {
  /// The wizard to test: the one at `$AIGW_PROGRAM`, else the one built beside the test bundle.
  static let wizard: String = {
    if let given = ProcessInfo.processInfo.environment["AIGW_PROGRAM"], !given.isEmpty {
      return URL(fileURLWithPath: given).path
    }
    var folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    let bundles = [CommandLine.arguments.first ?? "", folder.path]
    for bundle in bundles {
      folder = URL(fileURLWithPath: bundle).deletingLastPathComponent()
      let program = folder.appendingPathComponent("aigw-wizard").path
      if access(program, X_OK) == 0 { return program }
    }
    return "aigw-wizard was not built beside \(bundles)"
  }()

  /// Whether this user passes all permissions.
  static let isRoot = getuid() == 0
}

/// A home, a state folder and a working folder that nobody else uses.
final class Sandbox: Sendable {
  let path: String

  init() throws {
    // A socket's path may have about 100 bytes: `/tmp` is short everywhere.
    var template = Array("/tmp/aigw-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failed("no folder in /tmp") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    for folder in ["home", "state", "work"] { mkdir("\(path)/\(folder)", 0o755) }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Whether a small file system of one's own may be had.
  static let mayMount: Bool = {
    guard let sandbox = try? Sandbox() else { return false }
    let run = try? Run(
      ["-m", "sh", "-c", "mount -t tmpfs none '\(sandbox.work)'"], program: "unshare", in: sandbox)
    return run?.ending == .exit(0)
  }()

  var work: String { "\(path)/work" }

  /// A file's bytes as text, by its name in the working folder; nil where there is none.
  func file(_ name: String) -> String? {
    FileManager.default.contents(atPath: full(name)).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Writes a file; a program that may be run at once by a process of its own, for a program that is
  /// started meanwhile would inherit the open file, and what is open for writing cannot be run.
  func write(_ name: String, _ text: String, mode: mode_t = 0o644) throws {
    guard mode & 0o111 == 0 else {
      let run = try Run(
        ["-c", "cat > \"$0\" && chmod \"$1\" \"$0\"", full(name), String(mode, radix: 8)],
        program: "sh", in: self, input: text)
      guard run.ending == .exit(0) else { throw Failed("cannot write \(name): \(run.errors)") }
      return
    }
    guard FileManager.default.createFile(atPath: full(name), contents: Data(text.utf8)) else {
      throw Failed("cannot write \(name)")
    }
    chmod(full(name), mode)
  }

  /// The permission bits of a file, links not followed.
  func mode(_ name: String) -> mode_t {
    var status = stat()
    return lstat(full(name), &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  /// The names in the working folder, sorted.
  func names(in folder: String = ".") -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: full(folder))) ?? []).sorted()
  }

  /// The drafts that were kept, as full paths.
  var drafts: [String] {
    let folder = "\(path)/state/aigw-wizard/drafts"
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
      .filter { $0.hasSuffix(".draft") }.map { "\(folder)/\($0)" }
  }

  /// The manifests of a draft, by its path.
  func manifests(of draft: String) throws -> Run {
    let name = URL(filePath: draft).deletingPathExtension().lastPathComponent
    return try Run(["recover", "--print", name], in: self)
  }

  /// Makes a socket.
  func bind(_ name: String) throws {
    let socket = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { path in
      path.copyBytes(from: full(name).utf8.prefix(107))
    }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let isBound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.bind(socket, $0, size) == 0 }
    }
    guard isBound else { throw Failed("no socket") }
  }

  func full(_ name: String) -> String { name.hasPrefix("/") ? name : "\(work)/\(name)" }

  /// The environment of the programs in it: nothing of ours but where programs are found.
  func environment(_ changes: [String: String?] = [:]) -> [String: String] {
    var environment = [
      "HOME": "\(path)/home", "XDG_STATE_HOME": "\(path)/state", "LC_ALL": "C.UTF-8",
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
      "TERM": "screen-256color", "SHELL": "/bin/sh", "TMPDIR": path,
    ]
    for (name, value) in changes { environment[name] = value }
    return environment
  }
}

/// Why a test cannot go on.
struct Failed: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
