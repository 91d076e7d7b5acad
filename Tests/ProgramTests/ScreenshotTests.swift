import Foundation
import Testing

/// The pictures of the manual, taken from the running program.
///
/// `RECORD_SCREENSHOTS=1 swift test --filter ScreenshotTests` takes them anew (it needs Debian's
/// librsvg2-bin and fonts-dejavu-core) and fails; without it they are compared with the program.
@Suite("screenshots")
struct ScreenshotTests {
  struct Shot: Sendable, CustomStringConvertible {
    let name: String
    let recipe: String
    let columns: Int
    let rows: Int
    let keys: String
    /// What stands on the screen when it is ready.
    let ready: String
    var description: String { name }
  }

  static let shots: [Shot] = {
    let titles = ["buffer", "gateway", "matches", "splits", "timeouts", "models", "pool", "review"]
    var shots = titles.enumerated().map { index, title in
      Shot(
        name: "step-\(index + 1)-\(title)", recipe: "failover-pair", columns: 120, rows: 40,
        keys: "<Esc>\(index + 1)", ready: " \(index + 1)/8")
    }
    shots[6] = Shot(
      name: "step-7-pool", recipe: "inference-pool", columns: 120, rows: 40, keys: "<Esc>7",
      ready: " 7/8")
    shots.append(
      Shot(
        name: "review-with-problems", recipe: "blank", columns: 120, rows: 40, keys: "<Esc>8",
        ready: " 8/8"))
    shots.append(
      Shot(
        name: "80x24", recipe: "weighted-split", columns: 80, rows: 24, keys: "<Esc>4",
        ready: " 4/8"))
    return shots
  }()

  private static var folder: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "screenshots")
  }

  @Test("the pictures show the program as it is", arguments: shots)
  func pictures(_ shot: Shot) throws {
    let sandbox = try Sandbox()
    let tmux = try Tmux.wizard(
      "--recipe \(shot.recipe) -o chat.yaml", in: sandbox, columns: shot.columns, rows: shot.rows)
    if shot.name != "review-with-problems" {
      try tmux.go("route.metadata.name")
      try tmux.paste("chat")
      try tmux.go("route.spec.parentRefs[0].name")
      try tmux.paste("ai-gateway")
      try tmux.wait(until: "the names") { $0.contains("ai-gateway") && !$0.contains("error:") }
    }
    // From another step, so that the status line, which is drawn last, has to change.
    try tmux.move(shot.keys == "<Esc>5" ? "<Esc>1" : "<Esc>5")
    let before = Tmux.place(on: try tmux.screen())
    try tmux.press(shot.keys)
    try tmux.wait(until: shot.ready) {
      $0.contains(shot.ready) && Tmux.place(on: $0) != before
    }
    try Self.compare(tmux, with: shot.name, columns: shot.columns)
  }

  /// Holds a screen against the picture of a name, or takes that anew.
  static func compare(_ tmux: Tmux, with name: String, columns: Int) throws {
    let file = folder.appending(path: "\(name).txt")
    if ProcessInfo.processInfo.environment["RECORD_SCREENSHOTS"] != nil {
      try timeless(try tmux.screen()).write(to: file, atomically: true, encoding: .utf8)
      let colored = timeless(try tmux.command("capture-pane -e -p").joined(separator: "\n")) + "\n"
      try Chart(colored, columns: columns).write(to: folder.appending(path: "\(name).png"))
      Issue.record("recorded \(name); run the tests again without RECORD_SCREENSHOTS")
      return
    }
    let text = try String(contentsOf: file, encoding: .utf8)
    try tmux.wait(
      until: "\(name); where it is stale, RECORD_SCREENSHOTS=1 swift test --filter "
        + "ScreenshotTests takes it anew"
    ) { timeless($0) == text }
    #expect(FileManager.default.fileExists(atPath: folder.appending(path: "\(name).png").path))
  }

  /// A screen with the same time of day always.
  private static func timeless(_ screen: String) -> String {
    screen.replacing(/(draft saved|prod-eu,) \d\d:\d\d/) { "\($0.output.1) 14:02" }
  }
}

/// A captured screen as a picture.
private struct Chart {
  private struct Look: Equatable {
    var color: Int?
    var isBold = false
    var isDim = false
    var isUnderlined = false
    var isReversed = false
  }

  private var svg: String
  private static let cell = (width: 9.03, height: 19.0)
  private static let foreground = "#d0d4dc"
  private static let background = "#16181d"
  private static let colors = [
    "#3b4048", "#ef6b73", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d0d4dc",
  ]

  /// Reads what `capture-pane -e` gives: text with SGR sequences.
  init(_ text: String, columns: Int) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    let width = Double(columns) * Self.cell.width + 16
    let height = Double(lines.count) * Self.cell.height + 16
    svg = """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)">
      <rect width="100%" height="100%" fill="\(Self.background)"/>
      <g font-family="DejaVu Sans Mono" font-size="15" xml:space="preserve">
      """
    var look = Look()
    for (row, line) in lines.enumerated() { draw(line, row, &look) }
    svg += "</g></svg>\n"
  }

  private mutating func draw(_ line: Substring, _ row: Int, _ look: inout Look) {
    var column = 0
    var run = ""
    var rest = line
    while let first = rest.popFirst() {
      guard first == "\u{1b}" else {
        run.append(first)
        continue
      }
      draw(run, row, column, look)
      column += run.count
      run = ""
      guard rest.first == "[", let end = rest.firstIndex(where: \.isLetter) else { continue }
      let codes = rest[rest.index(after: rest.startIndex)..<end].split(separator: ";")
      for code in codes.isEmpty ? ["0"] : codes { Self.apply(Int(code) ?? 0, &look) }
      rest = rest[rest.index(after: end)...]
    }
    draw(run, row, column, look)
  }

  private static func apply(_ code: Int, _ look: inout Look) {
    switch code {
    case 0: look = Look()
    case 1: look.isBold = true
    case 2: look.isDim = true
    case 4: look.isUnderlined = true
    case 7: look.isReversed = true
    case 30...37: look.color = code - 30
    case 39: look.color = nil
    case 90...97: look.color = code - 90
    default: break
    }
  }

  private mutating func draw(_ text: String, _ row: Int, _ column: Int, _ look: Look) {
    guard !text.isEmpty else { return }
    let x = 8 + Double(column) * Self.cell.width
    let y = 8 + Double(row) * Self.cell.height
    let width = Double(text.count) * Self.cell.width
    var color = look.color.map { Self.colors[$0] } ?? Self.foreground
    if look.isReversed {
      svg += "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"19\" fill=\"\(color)\"/>"
      color = Self.background
    }
    let words = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    svg += """
      <text x="\(x)" y="\(y + 14.5)" textLength="\(width)" fill="\(color)"\
      \(look.isBold ? " font-weight=\"bold\"" : "")\(look.isDim ? " opacity=\"0.6\"" : "")\
      \(look.isUnderlined ? " text-decoration=\"underline\"" : "")>\(words)</text>

      """
  }

  func write(to file: URL) throws {
    let source = file.deletingPathExtension().appendingPathExtension("svg")
    try svg.write(to: source, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: source) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["rsvg-convert", "-o", file.path, source.path]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "apt-get install librsvg2-bin fonts-dejavu-core")
  }
}
