import RouteForm
import Screen

/// The regions of the screen at a given terminal size.
struct ScreenLayout: Sendable {
  /// Below the least size: one card.
  var isTiny = false
  var title = Region(row: 0, column: 0, rows: 0, columns: 0)
  /// The steps in one line, where there is no rail.
  var steps: Region?
  var separators: [Int] = []
  var rail: Region?
  /// Whether the rail has room for the simulator cases.
  var hasCases = false
  var selector: Region?
  var form = Region(row: 0, column: 0, rows: 0, columns: 0)
  /// The form's own title, where there is no step line.
  var formTitle: Region?
  var yamlTitle: Region?
  var yaml: Region?
  /// A row or two of help, where there is no inspector.
  var help: Region?
  /// The names of the inspector's parts, where one of them is shown at a time.
  var tabs: Region?
  /// That one part; or the first parts, each below a line with its name.
  var inspector: [Region] = []
  var status = Region(row: 0, column: 0, rows: 0, columns: 0)
  var keys = Region(row: 0, column: 0, rows: 0, columns: 0)
  /// Columns with a vertical rule, and the rows it runs over.
  var rules: [Int] = []
  var ruleRows = 0..<0

  static let least = Size(rows: 16, columns: 60)

  /// Whether a window is below the least size.
  static func isTiny(_ size: Size) -> Bool {
    size.rows < least.rows || size.columns < least.columns
  }

  /// The arrangement for a model: an open YAML takes the form's place where both do not fit, and
  /// Review takes the YAML's.
  init(_ size: Size, _ navigation: Navigation) {
    let rows = size.rows
    let columns = size.columns
    if ScreenLayout.isTiny(size) {
      isTiny = true
      return
    }
    func band(_ row: Int, _ count: Int = 1) -> Region {
      Region(row: row, column: 0, rows: count, columns: columns)
    }
    title = band(0)
    keys = band(rows - 2, 2)
    status = band(rows - 3)
    if columns >= 160, rows >= 45 {
      large(rows, columns)
    } else if columns >= 100, rows >= 30 {
      medium(rows, columns)
    } else if columns >= 100 {
      wide(rows, columns)
    } else {
      small(rows, columns, isYAMLOpen: navigation.isYAMLOpen, isReview: navigation.step == .review)
    }
  }

  private mutating func small(_ rows: Int, _ columns: Int, isYAMLOpen: Bool, isReview: Bool) {
    func band(_ row: Int, _ count: Int = 1) -> Region {
      Region(row: row, column: 0, rows: count, columns: columns)
    }
    steps = band(1)
    separators = [2]
    selector = band(3)
    // Two rows of help where the form and the YAML have theirs.
    let help = rows > 24 ? 2 : 1
    self.help = band(rows - 3 - help, help)
    let body = rows - 7 - help
    if isYAMLOpen {
      yamlTitle = band(4)
      yaml = band(5, body - 1)
      form = band(4, 0)
      return
    }
    var strip = rows >= 40 ? body / 2 - 1 : min(5, body - 11)
    if strip < 2 || isReview { strip = 0 }
    let formRows = strip > 0 ? body - strip - 1 : body
    form = band(4, formRows)
    if strip > 0 {
      yamlTitle = band(4 + formRows)
      yaml = band(5 + formRows, strip)
    }
  }

  private mutating func wide(_ rows: Int, _ columns: Int) {
    steps = Region(row: 1, column: 0, rows: 1, columns: columns)
    separators = [2]
    help = Region(row: rows - 4, column: 0, rows: 1, columns: columns)
    let half = columns / 2
    selector = Region(row: 3, column: 0, rows: 1, columns: half - 1)
    form = Region(row: 4, column: 0, rows: rows - 8, columns: half - 1)
    yamlTitle = Region(row: 3, column: half + 1, rows: 1, columns: columns - half - 1)
    yaml = Region(row: 4, column: half + 1, rows: rows - 8, columns: columns - half - 1)
    rules = [half - 1]
    ruleRows = 3..<rows - 4
  }

  private mutating func medium(_ rows: Int, _ columns: Int) {
    separators = [1, rows - 9, rows - 4]
    let bottom = rows - 9
    rail = Region(row: 2, column: 0, rows: bottom - 2, columns: 19)
    let formColumns = 47 + (columns - 120) * 2 / 5
    form = Region(row: 5, column: 20, rows: bottom - 5, columns: formColumns)
    formTitle = Region(row: 2, column: 20, rows: 1, columns: formColumns)
    selector = Region(row: 3, column: 20, rows: 1, columns: formColumns)
    let right = 20 + formColumns + 1
    yamlTitle = Region(row: 2, column: right, rows: 1, columns: columns - right)
    yaml = Region(row: 3, column: right, rows: bottom - 3, columns: columns - right)
    rules = [19, right - 1]
    ruleRows = 2..<bottom
    tabs = Region(row: rows - 8, column: 0, rows: 1, columns: columns)
    inspector = [Region(row: rows - 7, column: 0, rows: 3, columns: columns)]
  }

  private mutating func large(_ rows: Int, _ columns: Int) {
    separators = [1, rows - 4]
    let bottom = rows - 4
    rail = Region(row: 2, column: 0, rows: bottom - 2, columns: 22)
    hasCases = true
    let inspector = max(45, columns * 9 / 40)
    let left = columns - inspector
    let formColumns = 63 + (columns - 200) / 3
    form = Region(row: 5, column: 23, rows: bottom - 5, columns: formColumns)
    formTitle = Region(row: 2, column: 23, rows: 1, columns: formColumns)
    selector = Region(row: 3, column: 23, rows: 1, columns: formColumns)
    let right = 23 + formColumns + 1
    yamlTitle = Region(row: 2, column: right, rows: 1, columns: left - 1 - right)
    yaml = Region(row: 3, column: right, rows: bottom - 3, columns: left - 1 - right)
    rules = [22, right - 1, left - 1]
    ruleRows = 2..<bottom
    let third = (bottom - 2) / 3
    self.inspector = (0..<3).map { place in
      Region(
        row: 2 + place * third + 1, column: left, rows: third - 1 - (place < 2 ? 1 : 0),
        columns: inspector)
    }
  }

  /// Gives a second row to the help, from the end of the form; what lies between moves up.
  mutating func growHelp() {
    guard var help, help.rows == 1, form.rows > 1 else { return }
    help.row -= 1
    help.rows += 1
    self.help = help
    form.rows -= 1
    if ruleRows.isEmpty {
      yamlTitle?.row -= 1
      yaml?.row -= 1
    } else {
      yaml?.rows -= 1
      ruleRows = ruleRows.lowerBound..<ruleRows.upperBound - 1
    }
  }
}
