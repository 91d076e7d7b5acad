import Terminal
import Schemas
import YAML
import Screen
import Wizard

/// The configuration: `config.yaml`, and the theme that it names.
struct Config {
  private(set) var hasMouse = true
  private(set) var color = TerminalOptions.Color.auto
  private(set) var isASCII = false
  /// The release where `--for` is not given.
  private(set) var release = Release.current
  private(set) var themeName = "default"
  private(set) var theme = Theme.standard
  private(set) var keymap = Keymap.standard
  /// The contexts of kubectl whose name is to be typed before something is applied to them.
  private(set) var protected: [String] = []
  /// The line of each setting that the file has.
  private var lines: [String: Int] = [:]

  /// A key of the file.
  private enum Key: String, CaseIterable {
    case mouse, color, ascii, theme, release = "for", protected = "protect", keys
  }

  /// The folder of the configuration; nil without a home folder.
  private static var folder: String? {
    // A relative path is to be ignored (XDG Base Directory Specification).
    if let folder = Environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") {
      return "\(folder)/aigw-wizard"
    }
    return Environment["HOME"].map { "\($0)/.config/aigw-wizard" }
  }

  private static var path: String? { folder.map { "\($0)/config.yaml" } }

  /// Reads the configuration; all is as it is by default where there is none. Throws with the file
  /// and the place of what cannot be.
  init() throws(Failure) {
    guard let file = try Self.file() else { return }
    for entry in file.entries {
      let place = Path([.key(entry.key)])
      guard let key = Key(rawValue: entry.key) else {
        throw file.unknown("key", place, among: Key.allCases.map(\.rawValue))
      }
      lines[entry.key] = file.line(of: place)
      for inner in entry.value.entries {
        lines["\(entry.key).\(inner.key)"] = file.line(of: place.appending(inner.key))
      }
      switch key {
      case .mouse: hasMouse = try Self.flag(entry.value, place, file)
      case .ascii: isASCII = try Self.flag(entry.value, place, file)
      case .color: color = try Self.choice(entry.value, place, file)
      case .release: release = try Self.choice(entry.value, place, file)
      case .theme: try takeTheme(entry.value.scalar?.text ?? "", place, file)
      case .protected:
        guard let names = Self.names(entry.value) else {
          throw file.failure(place, "protect: use a name of a context, or a list of them")
        }
        protected = names
      case .keys: keymap = try Self.keymap(entry.value, place, file)
      }
    }
  }

  /// The release that the configuration names. What is wrong with the configuration is the wizard's
  /// task: for commands without a screen it is a warning, and only where it may concern them.
  static func chosenRelease() -> Release {
    do throws(Failure) {
      guard let file = try file(),
        let entry = file.entries.first(where: { $0.key == Key.release.rawValue })
      else { return .current }
      return try choice(entry.value, Path([.key(entry.key)]), file)
    } catch {
      Streams.printMessage("warning: \(error.message)")
      return .current
    }
  }

  private static func file() throws(Failure) -> ConfigFile? {
    guard let folder, let path else { return nil }
    let file = try ConfigFile(at: path)
    let former = "\(folder)/config.toml"
    if file == nil, Files.exists(former) {
      Streams.printMessage(
        "warning: \(former) is not read any more; move what it says to config.yaml beside it: "
          + "mouse: false for mouse = false, and keys: with its lines indented for [keys]")
    }
    return file
  }

  private static func flag(
    _ node: Node, _ place: Path, _ file: ConfigFile
  ) throws(Failure) -> Bool {
    guard node.scalar?.kind == .bool, let flag = node.bool else {
      throw file.failure(place, "\(place): use true or false")
    }
    return flag
  }

  private static func choice<Value: RawRepresentable<String> & CaseIterable>(
    _ node: Node, _ place: Path, _ file: ConfigFile
  ) throws(Failure) -> Value {
    guard let text = node.scalar?.text, let value = Value(rawValue: text) else {
      let given = node.scalar.map { " \($0.text.quoted)" } ?? ""
      throw file.failure(
        place, "\(place)\(given): use \(Value.allCases.map(\.rawValue).alternatives)")
    }
    return value
  }

  // MARK: Keys

  private static func keymap(
    _ node: Node, _ place: Path, _ file: ConfigFile
  ) throws(Failure) -> Keymap {
    guard case .mapping(let mapping) = node else {
      throw file.failure(place, "keys: use a mapping, such as save: [F2, ^S]")
    }
    var choices: [Command: [String]] = [:]
    for entry in mapping.entries {
      let place = place.appending(entry.key)
      guard let command = Command(rawValue: entry.key) else {
        throw file.unknown("action", place, among: Command.allCases.map(\.rawValue))
      }
      guard let names = names(entry.value) else {
        throw file.failure(place, "\(entry.key): use a key such as ^O, or a list of them")
      }
      choices[command] = names
    }
    do throws(KeymapError) {
      return try Keymap.standard.choosing(choices)
    } catch {
      let command = error.command.rawValue
      throw file.failure(place.appending(command), "\(command): \(error.message)")
    }
  }

  /// A text or a list of texts; nil for anything else.
  private static func names(_ node: Node) -> [String]? {
    switch node {
    case .scalar: node.text.map { [$0] }
    case .sequence(let items):
      items.allSatisfy { $0.text != nil } ? items.compactMap(\.text) : nil
    case .mapping: nil
    }
  }

  // MARK: Theme

  private mutating func takeTheme(
    _ name: String, _ place: Path, _ file: ConfigFile
  ) throws(Failure) {
    themeName = name
    if let found = Theme.named.first(where: { $0.name == name }) {
      theme = found.theme
    } else if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
      let path = name.hasPrefix("/") ? name : "\(Self.folder ?? "")/\(name)"
      guard let found = try ConfigFile(at: path) else {
        throw file.failure(place, "no file \(path)")
      }
      theme = try Self.theme(in: found)
    } else {
      let names = Theme.named.map(\.name).joined(separator: ", ")
      throw file.failure(place, "theme \(name.quoted): use \(names), or a file such as mine.yaml")
    }
  }

  /// A theme: the default one, with other looks for some roles.
  private static func theme(in file: ConfigFile) throws(Failure) -> Theme {
    var theme = Theme.standard
    let roles = Role.allCases.map { "\($0)" }
    for entry in file.entries {
      let place = Path([.key(entry.key)])
      guard let role = roles.firstIndex(of: entry.key) else {
        throw file.unknown("role", place, among: roles)
      }
      guard let text = entry.value.scalar?.text, let look = Theme.Look(text) else {
        throw file.failure(
          place,
          "\(entry.key): use \(Theme.Look.attributes.joined(separator: ", ")) and a colour "
            + "(\(Theme.colors.joined(separator: ", ")), or 0 to 255), such as bold red")
      }
      theme[Role.allCases[role]] = look
    }
    return theme
  }

  // MARK: Printing

  /// The configuration in force, as a file that says the same, with where each setting comes from.
  var text: String {
    var lines = heading
    func add(_ key: Key, _ value: String) {
      lines.append("\(key.rawValue): \(value)  # \(origin(of: key.rawValue) ?? "default")")
    }
    add(.mouse, "\(hasMouse)")
    add(.color, color.rawValue)
    add(.ascii, "\(isASCII)")
    add(.theme, themeName.json)
    add(.release, release.rawValue.json)
    add(.protected, "[\(protected.map(\.json).joined(separator: ", "))]")
    lines.append("keys:")
    for command in Command.allCases where command != .interrupt && command != .suspend {
      let names = keymap.routes(to: command).map(\.json)
      // What has no key needs a line where it would have one.
      if !names.isEmpty || keymap.choices[command] != nil {
        let origin = origin(of: "keys.\(command.rawValue)").map { "  # \($0)" } ?? ""
        lines.append("  \(command.rawValue): [\(names.joined(separator: ", "))]\(origin)")
      }
    }
    return lines.joined(separator: "\n")
  }

  /// Where a setting stands in the file; nil where it is not there.
  private func origin(of key: String) -> String? { lines[key].map { "line \($0)" } }

  /// Which files there are, and where they would go.
  private var heading: [String] {
    guard let path = Self.path else { return ["# no HOME for a config.yaml"] }
    let isThere = Files.exists(path)
    return [
      isThere ? "# \(path)" : "# no file yet; it would be \(path)",
      "# drafts: \(Drafts.folder ?? "no HOME for them")",
    ]
  }
}
