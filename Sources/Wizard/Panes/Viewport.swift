import Lint
import RouteForm
import Screen

/// What scrolling remembers between frames, and what a click would hit in the last one.
struct Viewport: Sendable {
  /// What a click on a place does.
  enum Target: Sendable {
    case focus(Focus)
    case command(Command)
    case step(Step)
    case rule(Int)
    case choice(Int)
  }

  struct Hit: Sendable {
    let row: Int
    let columns: Range<Int>
    let target: Target
  }

  /// The problems of fields that were left or were opened so, found once for all frames in which they are
  /// the same.
  struct Left: Sendable {
    private(set) var problems: [FormProblem] = []
    /// The fields of them with errors.
    private(set) var wrong: Set<Address> = []
    private var version: Int?
    private var fields: Set<Address> = []

    mutating func follow(_ workspace: borrowing Workspace, _ fields: Set<Address>) {
      let version = workspace.analysis.problemsVersion
      guard self.version != version || self.fields != fields else { return }
      let isOpened = !workspace.files.isEmpty
      let initial = workspace.initial
      problems = workspace.analysis.problems.filter { problem in
        fields.contains(problem.address)
          || isOpened && problem.severity == .error
            && initial.value(at: problem.address.parent) != nil
      }
      wrong = Set(problems.lazy.filter { $0.severity == .error }.map(\.address))
      self.version = version
      self.fields = fields
    }
  }

  /// The widths of a table's columns as they were last drawn, and for what.
  struct Widths: Sendable {
    let columns: [Table.Column]
    let available: Int
    let shown: Range<Int>
    let widths: [Int]
  }

  var left = Left()
  var widths: Widths?
  var yamlTop = 0
  var yamlRows = 1
  var yamlRegion = Region(row: 0, column: 0, rows: 0, columns: 0)
  var formTop = 0
  var tableTop = 0
  /// What is wrong with a field that was left, where the form has no room to say it.
  struct HiddenProblem: Equatable, Sendable {
    let line: StyledLine
    let isFocused: Bool
  }

  var hiddenProblem: HiddenProblem?
  /// The most rows that the chart had beside a page, so that its fields stay where they are.
  var chartRows = ChartRows()

  struct ChartRows: Sendable {
    private var page: [Int] = []
    private var most = 0

    /// The rows to leave for a chart beside a page, which the numbers tell from others.
    mutating func reserve(_ rows: Int, on page: [Int]) -> Int {
      most = self.page == page ? max(most, rows) : rows
      self.page = page
      return most
    }
  }

  /// What can be clicked, by the pane that drew it.
  private var hits: [[Hit]] = Array(repeating: [], count: Pane.allCases.count)
  /// The pane being drawn; nil where what can be clicked is noted already.
  private var pane: Pane? = .form

  /// Begins to draw a pane: what it had to click is gone.
  mutating func begin(_ pane: Pane) {
    self.pane = pane
    hits[pane.rawValue].removeAll(keepingCapacity: true)
  }

  /// Begins to draw a part of a pane again that can be clicked where it could before.
  mutating func beginAgain() { pane = nil }

  /// Forgets all there was to click.
  mutating func forgetHits() {
    for index in hits.indices { hits[index].removeAll(keepingCapacity: true) }
  }

  mutating func note(_ row: Int, _ columns: Range<Int>, _ target: Target) {
    guard let pane else { return }
    hits[pane.rawValue].append(Hit(row: row, columns: columns, target: target))
  }

  func target(row: Int, column: Int) -> Target? {
    hits.lazy.reversed().compactMap { hits in
      hits.last { $0.row == row && $0.columns.contains(column) }?.target
    }.first
  }

  /// The first row shown, moved as little as possible so that `wanted` is seen.
  static func top(_ top: Int, showing wanted: Range<Int>, rows: Int, of count: Int) -> Int {
    let most = max(0, count - rows)
    var top = min(max(0, top), most)
    guard rows > 0, !wanted.isEmpty else { return top }
    if wanted.lowerBound < top || wanted.lowerBound >= top + rows {
      top = wanted.lowerBound - (rows - min(wanted.count, rows)) / 2
    } else if wanted.upperBound > top + rows {
      top = min(wanted.lowerBound, wanted.upperBound - rows)
    }
    return min(max(0, top), most)
  }
}
