internal import YAML
package import RouteForm
package import Screen

/// Where the person is: the step, the rule, the focus and what is being typed there.
///
/// It holds no fact about the manifests, so that undo can leave it alone and a redraw needs nothing
/// else. The focus names a field by its `Address` and survives rows that come and go around it.
package struct Navigation: Sendable {
  package var step = Step.buffer
  /// The selected rule, which steps 3 to 7 share.
  package var rule = 0
  package var focus = Focus.jump(0)
  /// The field that has the focus; nil where a button, a line or the YAML has it.
  var focusedField: Address? {
    if case .field(let address) = focus { address } else { nil }
  }
  /// The text of the focused field.
  package var editor = LineEditor()
  /// The value of the focused field when it got the focus; nil where it had none.
  var entered: Node?
  /// Fields that were left once, whose problems are shown at the field.
  package var left: Set<Address> = []
  package var visited: Set<Step> = [.buffer]
  /// The rules that were shown in a step.
  package var visitedRules: Set<Address> = []
  /// The field that last had the focus in the step or the open card.
  package var lastField: Address? {
    get { lastFields[cards.count] }
    set { lastFields[cards.count] = newValue }
  }
  /// The last one in a row of a table, on which the buttons below act.
  package var lastRow: Address? {
    get { lastRows[cards.count] }
    set { lastRows[cards.count] = newValue }
  }
  /// Those of the step and of each open card, by how many cards are open.
  private var lastFields: [Int: Address] = [:]
  private var lastRows: [Int: Address] = [:]
  /// The problem that was gone to last, by its place among all, and the focus there.
  var problem: (number: Int, focus: Focus)?
  /// Where the focus was in each step.
  package var places: [Step: Focus] = [:]
  /// The open cards, the last on top.
  package var cards: [Address] = []
  /// Whether the YAML has the whole body, where there is no room for both.
  package var isYAMLOpen = false
  /// What the focus was before it went to the YAML.
  package var beforeYAML: Focus?
  /// Whether it went there only because no field holds a value: Esc then opens the command strip,
  /// as in the form, and closing that goes back.
  var isYAMLVisit = false
  package var search = ""
  /// Which part of the inspector stands below the form, where there is room for one.
  package var tab = Tab.explain
  /// Which text stands beside the form.
  package var preview = Preview.manifests
}
