import Glibc
import Lint
import YAML

/// The manifests to check, and those read as context.
///
/// What cannot be read, or holds no manifest, is left out, with a message.
struct CollectedInputs {
  /// Each once, however many arguments lead to it: those to check in the order of the arguments, then
  /// those read as context.
  private(set) var files: [ManifestFile] = []
  /// The text of each file, where it was to be kept.
  private(set) var texts: [[UInt8]] = []
  /// What was left out, a sentence each.
  private(set) var messages: [String] = []
  /// Those of them about what was to be checked, or was named.
  private(set) var failures: [String] = []

  /// Whether all that was to be checked, and all that was named, could be read.
  var isComplete: Bool { failures.isEmpty }

  private struct Source {
    let name: String
    var role: ManifestFile.Role
    /// Whether it was named, and not found in a folder.
    var isNamed: Bool
  }

  private var sources: [Source] = []
  /// The source of each real path.
  private var places: [String: Int] = [:]

  /// The namespace of objects that name none; nil where it is not known.
  private let namespace: String?

  /// Reads files, folders and, as `-`, stdin; `skipsOthers` takes all of them as found in a folder.
  init(
    _ words: [String], with others: [String] = [], in namespace: String? = nil,
    keepsTexts: Bool = false, skipsOthers: Bool = false
  ) {
    self.namespace = namespace
    let folders = words.map { ($0, take($0, as: skipsOthers ? .found : .named)) }
    for word in others { _ = take(word, as: .background) }
    var read: [Int: ManifestFile] = [:]
    for (index, source) in sources.enumerated() {
      guard let (file, text) = file(source) else { continue }
      read[index] = file
      files.append(file)
      if keepsTexts { texts.append(text) }
    }
    passOverPatches()
    for (word, found) in folders {
      let isLost = found?.allSatisfy { read[$0]?.isForeign ?? true } ?? false
      if isLost { note("\(word): no manifest is in it") }
    }
  }

  /// Remembers a file, or those in a folder; gives the places of the latter.
  private mutating func take(_ word: String, as role: ManifestFile.Role) -> [Int]? {
    guard word != "-", ManifestTree.isFolder(word) else {
      _ = take(Source(name: word, role: role, isNamed: role != .found))
      return nil
    }
    let tree = ManifestTree(below: word)
    for failure in tree.failures { note(failure, fails: role != .background) }
    return tree.files.map { name in
      take(Source(name: name, role: min(role, .found), isNamed: false))
    }
  }

  /// Files that a Kustomization beside them names as patches are no manifests by themselves.
  private mutating func passOverPatches() {
    let patches = Set(
      files.flatMap { file in
        let folder = file.name.lastIndex(of: "/").map { file.name[...$0] } ?? ""
        return file.patches.map { Files.canonical(folder + $0) }
      })
    guard !patches.isEmpty else { return }
    for (index, file) in files.enumerated()
    where file.role != .named && patches.contains(Files.canonical(file.name)) {
      files[index] = file.asPatch()
    }
  }

  private mutating func take(_ source: Source) -> Int {
    let path = source.name == "-" ? "-" : Files.canonical(source.name)
    if let place = places[path] {
      sources[place].role = max(sources[place].role, source.role)
      sources[place].isNamed = sources[place].isNamed || source.isNamed
      return place
    }
    places[path] = sources.count
    sources.append(source)
    return sources.count - 1
  }

  private mutating func file(_ source: Source) -> (ManifestFile, [UInt8])? {
    let fails = source.isNamed || source.role != .background
    do throws(Failure) {
      let text = try InputFile.bytes(of: source.name)
      var file = ManifestFile(name: source.name, bytes: text, role: source.role)
      file.namespace = namespace
      if file.isEmpty, source.isNamed {
        throw InputFile.failure(source.name, "no document in it")
      }
      // The report on the others says this of them.
      if source.isNamed, file.role == .background,
        let problem = file.parsed.problems.first(where: \.isFatal)
      {
        note("\(source.name):\(problem.position): not readable as YAML")
      }
      return (file, text)
    } catch {
      note(error.message, fails: fails)
      return nil
    }
  }

  private mutating func note(_ message: String, fails: Bool = true) {
    messages.append(message)
    if fails { failures.append(message) }
  }
}
