import Curses
import Kinds
import Screen
import Wizard

/// What the user chose once and for all: `config.toml`, and the theme that it names.
struct Config {
  private(set) var hasMouse = true
  private(set) var color = TerminalOptions.Color.auto
  private(set) var isASCII = false
  /// What is written and judged for where `--for` is not given.
  private(set) var release = Release.current
  private(set) var themeName = "default"
  private(set) var theme = Theme.standard
  private(set) var keymap = Keymap.standard

  private static let keys = ["mouse", "color", "ascii", "theme", "for"]
  private static let colors = TerminalOptions.Color.allCases.map { "\"\($0.rawValue)\"" }

  private static let releases = Release.allCases.map { "\"\($0.rawValue)\"" }

  /// The folder of the configuration; nil without a home.
  private static var folder: String? {
    // A relative path is to be ignored (XDG Base Directory Specification).
    if let folder = Environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") {
      return "\(folder)/aigw-wizard"
    }
    return Environment["HOME"].map { "\($0)/.config/aigw-wizard" }
  }

  static var path: String? { folder.map { "\($0)/config.toml" } }

  /// Reads the configuration; all is as it is by default where there is none. Throws with the file
  /// and the line of what cannot be.
  init() throws(Failure) {
    guard let folder = Self.folder, let path = Self.path,
      let entries = try Self.entries(of: path)
    else { return }
    var choices: [Command: [String]] = [:]
    var lines: [Command: Int] = [:]
    for entry in entries {
      func fault(_ words: String) -> Failure { Self.fault(path, entry.line, words) }
      switch entry.table {
      case "": try take(entry, in: folder, fault)
      case "keys":
        guard let command = Command(rawValue: entry.key) else {
          throw fault(Self.unknown("action", entry.key, Command.allCases.map(\.rawValue)))
        }
        switch entry.value {
        case .text(let name): choices[command] = [name]
        case .texts(let names): choices[command] = names
        case .flag: throw fault("\(entry.key): use a key such as \"^O\", or a list of them")
        }
        lines[command] = entry.line
      default: throw fault(Self.unknown("table", entry.table, ["keys"]))
      }
    }
    do throws(KeymapFault) {
      keymap = try Keymap.standard.choosing(choices)
    } catch {
      throw Self.fault(
        path, lines[error.command] ?? 1, "\(error.command.rawValue): \(error.words)")
    }
  }

  private mutating func take(
    _ entry: TOML.Entry, in folder: String, _ fault: (String) -> Failure
  ) throws(Failure) {
    switch (entry.key, entry.value) {
    case ("mouse", .flag(let isOn)): hasMouse = isOn
    case ("ascii", .flag(let isOn)): isASCII = isOn
    case ("color", .text(let name)):
      guard let found = TerminalOptions.Color(rawValue: name) else {
        throw fault("color \"\(name)\": use \(Self.colors.joined(separator: ", "))")
      }
      color = found
    case ("for", .text(let name)):
      guard let found = Release(rawValue: name) else {
        throw fault("for \"\(name)\": use \(Self.releases.alternatives)")
      }
      release = found
    case ("theme", .text(let name)):
      themeName = name
      if let found = Theme.named.first(where: { $0.name == name }) {
        theme = found.theme
      } else if name.hasSuffix(".toml") {
        let path = name.hasPrefix("/") ? name : "\(folder)/\(name)"
        guard let found = try Self.theme(at: path) else { throw fault("no file \(path)") }
        theme = found
      } else {
        let names = Theme.named.map(\.name).joined(separator: ", ")
        throw fault("theme \"\(name)\": use \(names), or a file such as mine.toml")
      }
    case ("mouse", _), ("ascii", _): throw fault("\(entry.key): use true or false")
    case ("color", _): throw fault("color: use \(Self.colors.joined(separator: ", "))")
    case ("for", _): throw fault("for: use \(Self.releases.alternatives)")
    case ("theme", _): throw fault("theme: use \"default\", or a file such as \"mine.toml\"")
    default: throw fault(Self.unknown("key", entry.key, Self.keys))
    }
  }

  /// A theme: the default one, with other looks for some roles; nil where there is no file.
  private static func theme(at path: String) throws(Failure) -> Theme? {
    guard let entries = try entries(of: path) else { return nil }
    var theme = Theme.standard
    let roles = Role.allCases.map { "\($0)" }
    for entry in entries {
      guard entry.table.isEmpty, let place = roles.firstIndex(of: entry.key) else {
        let name = entry.table.isEmpty ? entry.key : "[\(entry.table)]"
        throw fault(path, entry.line, unknown("role", name, roles))
      }
      guard case .text(let words) = entry.value, let look = Theme.Look(words) else {
        throw fault(
          path, entry.line,
          "\(entry.key): use \(Theme.Look.attributes.joined(separator: ", ")) and a colour "
            + "(\(Theme.colors.joined(separator: ", ")), or 0 to 255), such as \"bold red\"")
      }
      theme[Role.allCases[place]] = look
    }
    return theme
  }

  private static func entries(of path: String) throws(Failure) -> [TOML.Entry]? {
    switch Files.read(path).content {
    case .absent: return nil
    case .unreadable(let why): throw Failure(status: Exit.unreadable, message: "\(path): \(why)")
    case .bytes(let bytes):
      do throws(TOML.Fault) {
        return try TOML.entries(of: bytes)
      } catch { throw fault(path, error.line, error.words) }
    }
  }

  private static func fault(_ path: String, _ line: Int, _ words: String) -> Failure {
    Failure(status: Exit.usage, message: "\(path):\(line): \(words)")
  }

  private static func unknown(_ what: String, _ name: String, _ known: [String]) -> String {
    let near = Closest.match(for: name, among: known)
    return "no \(what) \(name); "
      + (near.map { "did you mean \($0)?" } ?? "use \(known.joined(separator: ", "))")
  }

  /// The configuration in force, as a file that says the same.
  var text: String {
    var lines = [
      "# \(Self.path ?? "no home for a config.toml")",
      "mouse = \(hasMouse)", "color = \(TOML.quoted(color.rawValue))", "ascii = \(isASCII)",
      "theme = \(TOML.quoted(themeName))",
      "for = \(TOML.quoted(release.rawValue))", "", "[keys]",
    ]
    for command in Command.allCases where command != .interrupt && command != .suspend {
      let names = keymap.routes(to: command).map(TOML.quoted)
      // What has no key needs a line where it would have one.
      if !names.isEmpty || keymap.choices[command] != nil {
        lines.append("\(command.rawValue) = [\(names.joined(separator: ", "))]")
      }
    }
    return lines.joined(separator: "\n")
  }
}
