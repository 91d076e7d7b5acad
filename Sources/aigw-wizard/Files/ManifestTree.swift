import Glibc
import Wizard

/// The YAML files in a folder and the folders below it, as far as git does not ignore them.
///
/// Hidden folders and links to folders are not entered. What `.gitignore` files say counts, those
/// above up to the repository's top included; which files git tracks all the same is not asked.
struct ManifestTree {
  /// In the order of their paths, links to files behind the files.
  private(set) var files: [String] = []
  /// What could not be read, with the reason.
  private(set) var failures: [String] = []
  private var links: [String] = []
  /// The patterns that hold, those nearest to the files last, and from how deep in `path` on.
  private var ignores: [(patterns: GitIgnore, depth: Int)] = []
  /// The names from the repository's top, or from the folder itself where there is none.
  private var path: [[UInt8]] = []

  init(below folder: String) {
    lookAbove(folder)
    // `.` is where names begin anyway.
    let isHere = folder == "." || folder == "./"
    walk(folder, naming: isHere ? "" : folder.hasSuffix("/") ? folder : folder + "/")
    files += links
  }

  /// Whether a path is a folder's, or leads to one.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private mutating func lookAbove(_ folder: String) {
    var names = Files.canonical(folder).split(separator: "/").map(String.init)
    var below: [String] = []
    func path(_ names: [String]) -> String { "/" + names.joined(separator: "/") }
    while !Files.exists("\(path(names))/.git") {
      guard let last = names.popLast() else { return }
      below.insert(last, at: 0)
    }
    read("\(path(names))/.git/info/exclude")
    for name in below {
      read("\(path(names))/.gitignore")
      names.append(name)
      self.path.append(Array(name.utf8))
    }
  }

  private mutating func read(_ name: String) {
    if case .bytes(let bytes) = Files.read(name).content {
      ignores.append((GitIgnore(bytes), path.count))
    }
  }

  private mutating func walk(_ folder: String, naming prefix: String) {
    guard let entries = Files.entries(in: folder) else {
      failures.append("\(folder): \(Files.errorMessage(for: errno))")
      return
    }
    let known = ignores.count
    read("\(folder)/.gitignore")
    for entry in entries where entry.name != "." && entry.name != ".." {
      path.append(Array(entry.name.utf8))
      if entry.isText {
        look(at: prefix + entry.name, entry.name)
      } else if Self.isManifest(entry.name), !isIgnored(isFolder: false) {
        failures.append("\(prefix)\(entry.name): \(Files.Entry.nameProblem)")
      }
      path.removeLast()
    }
    ignores.removeLast(ignores.count - known)
  }

  private mutating func look(at place: String, _ name: String) {
    var status = stat()
    guard lstat(place, &status) == 0 else { return }
    if status.st_mode & S_IFMT == S_IFDIR {
      if !name.hasPrefix("."), !isIgnored(isFolder: true) { walk(place, naming: place + "/") }
      return
    }
    guard Self.isManifest(name), !isIgnored(isFolder: false) else { return }
    if status.st_mode & S_IFMT == S_IFREG {
      files.append(place)
    } else if stat(place, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
      links.append(place)
    }
  }

  private static func isManifest(_ name: String) -> Bool {
    name.hasSuffix(".yaml") || name.hasSuffix(".yml")
  }

  private func isIgnored(isFolder: Bool) -> Bool {
    for (patterns, depth) in ignores.reversed() {
      if let ignored = patterns.ignores(path[depth...], isFolder: isFolder) { return ignored }
    }
    return false
  }
}
