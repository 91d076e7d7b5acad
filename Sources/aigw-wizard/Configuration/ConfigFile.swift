import Schemas
import YAML
import Wizard

/// A YAML file with a mapping in it, such as the configuration or a theme.
struct ConfigFile {
  let path: String
  /// Its keys and values, none where it holds nothing but comments.
  let entries: [Mapping.Entry]
  private let map: SourceMap?

  /// Reads a file; nil where there is none. Throws with the place of what is no YAML.
  init?(at path: String) throws(Failure) {
    let bytes: [UInt8]
    switch Files.read(path).content {
    case .absent: return nil
    case .unreadable(let why): throw Failure(status: Exit.unreadable, message: "\(path): \(why)")
    case .bytes(let content): bytes = content
    }
    let parsed = Parser().parse(bytes)
    self.path = path
    map = parsed.documents.first?.map
    entries = parsed.documents.first?.root.entries ?? []
    if let problem = parsed.problems.first(where: { $0.severity == .error }) {
      throw Self.failure(path, problem.position, problem.message)
    }
    if let second = parsed.documents.dropFirst().first {
      throw Self.failure(path, second.start, "only one document may be in it")
    }
    switch parsed.documents.first?.root {
    case .mapping, nil: break
    case .scalar, .sequence: throw failure(.root, "use a mapping, such as mouse: false")
    }
  }

  /// The line that a path stands in.
  func line(of place: Path) -> Int? { map?.nearestSpan(of: place).start.line }

  /// What is wrong at a path, with its line and column.
  func failure(_ place: Path, _ message: String) -> Failure {
    Self.failure(path, map?.focus(of: place) ?? Position(line: 1, column: 1), message)
  }

  /// A key that is none, with the nearest one.
  func unknown(_ what: String, _ place: Path, among known: [String]) -> Failure {
    guard case .key(let name)? = place.last else { return failure(place, "no \(what)") }
    let near = NearestWord.match(for: name, among: known).map { "did you mean \($0)?" }
    let message = "no \(what) \(name); \(near ?? "use \(known.joined(separator: ", "))")"
    let position = map?.nearestSpan(of: place).start ?? Position(line: 1, column: 1)
    return Self.failure(path, position, message)
  }

  private static func failure(_ path: String, _ position: Position, _ message: String) -> Failure {
    Failure(status: Exit.usage, message: "\(path):\(position): \(message)")
  }
}
