import Lint
import YAML

/// The documents in the files that a command was given.
struct Manifests {
  private(set) var documents: [Node] = []
  /// The file of each document.
  private(set) var files: [String] = []

  /// Reads files, `-` for stdin; a list of objects counts as its items.
  init(in names: [String]) throws(Failure) {
    for name in names {
      let parsed = ManifestFile(name: name, bytes: try InputFile.bytes(of: name)).parsed
      for problem in parsed.problems where problem.severity == .error {
        throw Failure(
          status: Exit.unreadable, message: "\(name):\(problem.position): \(problem.message)")
      }
      for document in parsed.documents {
        documents += document.root.listedObjects ?? [document.root]
      }
      files += Array(repeating: name, count: documents.count - files.count)
    }
  }

  /// What the answers cannot know yet; nil where there is nothing of the kind.
  var reservation: String? {
    let count = documents.count(where: \.hasVariables)
    guard count > 0 else { return nil }
    return
      "\(count) of the documents hold\(count == 1 ? "s" : "") variables such as ${NAME}, which "
      + "are taken as they stand here, before substitution"
  }
}
