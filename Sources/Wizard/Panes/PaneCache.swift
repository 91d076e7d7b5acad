import YAML
import RouteForm
import Schemas
import Screen

/// The parts of the screen that are drawn on their own; an overlay lies over the others.
enum Pane: Int, CaseIterable, Sendable {
  case title
  case steps
  case rail
  case form
  case yaml
  case help
  case tabs
  case explain
  case problems
  case simulate
  case status
  case keys
  case overlay
}

/// The last frame and what its slow parts were drawn from: a keystroke draws only the panes whose
/// source changed.
///
/// Each pane has a value that holds all it is drawn from; equal values mean that its rows are kept.
/// A pane that looks at something new must have it in that value, or it will show what was.
struct PaneCache: Sendable {
  /// What decides where everything is; another scene is drawn from nothing.
  struct Scene: Equatable, Sendable {
    let size: Size
    let step: Step
    let cards: [Address]
    let isYAMLOpen: Bool
    let hasSelector: Bool
    let helpRows: Int
  }

  struct Title: Equatable, Sendable {
    let outputPath: String
    /// The route that is shown, where the files hold several.
    let route: String?
    let isDirty: Bool
    let problems: Int
    /// The cluster that was read, and when; nil where none was.
    let cluster: String?
    let release: Release
  }

  struct Steps: Equatable, Sendable {
    let visited: Set<Step>
    let problems: Int
    let isPool: Bool
  }

  struct Rail: Equatable, Sendable {
    let steps: Steps
    let rule: Int
    let labels: [String]
    /// The paths of the files, each behind its mark.
    let files: [String]
    /// The simulator cases, each behind its mark.
    let cases: [StyledLine]
  }

  /// What the rules are called; a rule is asked for its label once.
  struct Labels: Sendable {
    private var rules: [Node] = []
    private var texts: [String] = []

    mutating func texts(of rules: [Node]) -> [String] {
      if rules.count == self.rules.count {
        for index in rules.indices where rules[index] != self.rules[index] {
          texts[index] = FormState.label(of: rules[index])
        }
      } else {
        texts = rules.map(FormState.label)
      }
      self.rules = rules
      return texts
    }
  }

  struct YAMLTitle: Equatable, Sendable {
    let outputPath: String
    /// How many documents are shown of all that the files hold; empty where all are.
    let documents: String
    let lines: Int
    let marks: String
    let since: String
    let preview: Preview
  }

  struct Status: Equatable, Sendable {
    /// The focus in words.
    let focus: String
    /// Whether the text of the focused field is selected.
    let isSelected: Bool
    let message: StyledLine?
    let done: Int
    let total: Int
    let draft: DraftStatus
    let isDirty: Bool
    let hasMouse: Bool
  }

  struct Help: Equatable, Sendable {
    let lines: [StyledLine]
    let isOpen: Bool
    let problems: Int
    let isLeft: Bool
    let hiddenProblem: Viewport.HiddenProblem?
  }

  /// A part of the inspector.
  struct Section: Equatable, Sendable {
    let tab: Tab
    /// Whether anything is open, so that Esc is no way to a command.
    let isOpen: Bool
    var lines: [StyledLine] = []
    var number = 0
    var focus: Focus?
    var form: FormState?
  }

  struct Tabs: Equatable, Sendable {
    let tab: Tab
    let problems: Int
  }

  /// The form as it was last drawn whole.
  struct Form: Sendable {
    let page: FormPage
    let region: Region
    let plan: FormPlan
    /// The columns of the labels beside which a field stands alone in its row.
    let labels: Int
    /// Whether it left a row free, for more help.
    var hasFreeRow = false
  }

  var frame: Frame
  let scene: Scene
  /// The form, while nothing but text is typed into its focused field: then only the line of that
  /// field is drawn again, and the rest when the linter has run. Nil when all of it is to be
  /// drawn.
  var form: Form?
  var title = Cached<Title>()
  var steps = Cached<Steps>()
  var rail = Cached<Rail>()
  var labels = Labels()
  /// The lines in the rows of the YAML pane; nil where none is.
  private var yaml: [Cached<YAMLLine?>]
  var yamlTitle = Cached<YAMLTitle>()
  var help = Cached<Help>()
  var tabs = Cached<Tabs>()
  var sections = Array(repeating: Cached<Section>(), count: Tab.allCases.count)
  var status = Cached<Status>()
  /// Whether anything is open, so that Esc is no way to a command.
  var keys = Cached<Bool>()

  init(scene: Scene) {
    self.scene = scene
    frame = Frame(scene.size)
    yaml = Array(repeating: Cached(), count: max(0, scene.size.rows))
  }

  /// Draws a line of YAML into a row where another one, or none, stood before.
  mutating func show(_ line: YAMLLine?, _ row: Int, _ region: Region) {
    guard yaml[row].changes(to: line) else { return }
    frame.fill(row: row, .plain, in: region)
    line?.draw(&frame, region, row)
  }

  /// Forgets what stands in the YAML pane, so that all of it is drawn again.
  mutating func forgetYAML() {
    for row in yaml.indices { yaml[row].forget() }
  }
}
