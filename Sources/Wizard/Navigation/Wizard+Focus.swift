import Schemas
import Lint
import YAML
import RouteForm
import Screen

extension Wizard {
  /// Puts the focus on a place of the present page, and its text into the editor: selected, so that
  /// typing replaces it, or with the caret at its end.
  mutating func move(to focus: Focus, selecting: Bool = false) {
    leaveField()
    navigation.focus = focus
    if case .yaml = focus {} else { navigation.isYAMLOpen = false }
    if case .field(let address) = focus {
      load(address)
      if selecting { selectText() }
      if let rule = address.rule {
        navigation.rule = rule
        navigation.visitedRules.insert(FormState.ruleList.appending(rule))
      }
    }
    if navigation.cards.isEmpty { navigation.places[navigation.step] = focus }
  }

  /// Selects the text of the focused field, where it has one.
  mutating func selectText() {
    if isTyping { navigation.editor.select() }
  }

  /// Takes the text and the value of the focused field.
  private mutating func load(_ address: Address) {
    navigation.editor.set(workspace.form.text(at: address))
    navigation.entered = workspace.form.ownValue(at: address)
  }

  /// Notes that the focused field was left, so that its problems show from now on.
  private mutating func leaveField() {
    workspace.history.close()
    switch navigation.focus {
    case .field(let address):
      navigation.left.insert(address)
      navigation.lastField = address
      if page.record(around: address) != nil { navigation.lastRow = address }
    case .button(.openCard(let row)): if !navigation.cards.isEmpty { navigation.lastRow = row }
    case .button, .toggle, .jump, .yaml: break
    }
  }

  /// Puts the focus back on a place that exists, as near as can be to where it was.
  mutating func refocus() {
    if case .yaml(let line) = navigation.focus {
      followPreview()
      navigation.focus = .yaml(min(max(0, line), max(0, context.panePrintedText.lineCount - 1)))
      return
    }
    if navigation.step == .review { lintIfFast() }
    let page = page
    guard page.position(of: navigation.focus) == nil else {
      if let address = navigation.focusedField {
        load(address)
      }
      return
    }
    focusFirst()
  }

  mutating func focusFirst() {
    let page = page
    if let focus = page.initialFocus(isText: workspace.isText) ?? page.firstButton {
      move(to: focus)
    }
  }

  mutating func go(to step: Step) {
    leaveField()
    navigation.cards = []
    navigation.isYAMLOpen = false
    navigation.step = step
    navigation.visited.insert(step)
    clampRule()
    if step == .review { prepareReview() }
    let page = page
    if let place = navigation.places[step], page.position(of: place) != nil, !isInOtherRule(place) {
      move(to: place)
    } else if step == .review,
      let first = page.lines.lazy.compactMap({ $0.focus(row: 0, place: 0) })
        .first
    {
      move(to: first)
    } else {
      focusFirst()
    }
  }

  /// Enters a step by Enter: at its first field that is wrong, also for being empty, else at its
  /// first field, else at the way on; Review at its top.
  mutating func enter(_ step: Step) {
    navigation.places[step] = nil
    go(to: step)
    if step != .review { enterPage() }
  }

  /// Puts the focus where Enter enters the present page.
  mutating func enterPage() {
    lintIfFast()
    let page = page
    let wrong = page.fields.first { focus in
      guard case .field(let address) = focus else { return false }
      return workspace.isWrong(address)
    }
    if let focus = wrong ?? page.initialFocus(isText: workspace.isText) ?? page.way {
      move(to: focus, selecting: true)
    }
  }

  private func isInOtherRule(_ focus: Focus) -> Bool {
    if case .field(let address) = focus, let rule = address.rule {
      rule != navigation.rule
    } else {
      false
    }
  }

  mutating func select(rule: Int) {
    guard rule >= 0, rule < workspace.form.rules.count, rule != navigation.rule else { return }
    leaveField()
    let position = page.position(of: navigation.focus)
    navigation.rule = rule
    navigation.visitedRules.insert(FormState.ruleList.appending(rule))
    navigation.cards = []
    let page = page
    if let position, let focus = page.focus(at: position) { move(to: focus) } else { focusFirst() }
  }

  /// Goes to an address that was named: also to the row after the last one of a list, which is
  /// added, and says why there is no way to any other.
  mutating func reach(_ address: Address) {
    // Tried on a copy, so that no row is added on a way that leads nowhere.
    var form = workspace.form
    var rows: [FormEdit] = []
    for depth in address.path.steps.indices {
      guard case .index(let index) = address.path.steps[depth] else { continue }
      let list = Address(address.object, Path(Array(address.path.steps[..<depth])))
      let count = form.value(at: list)?.items.count ?? 0
      if index < count { continue }
      guard index == count else {
        message = StyledLine(
          "no \(list)[\(index)]: it has \(count) row\(count == 1 ? "" : "s")", .warning)
        return
      }
      let row = FormEdit.insert(Template.row(of: list), into: list, at: index)
      _ = form.perform(row)
      rows.append(row)
    }
    for row in rows { perform(row) }
    if !go(to: address) { message = StyledLine("no field here: \(address)", .warning) }
  }

  /// Focuses any address of the form, whichever step shows it; false for one that is nowhere.
  @discardableResult
  mutating func go(to address: Address) -> Bool {
    leaveField()
    navigation.isYAMLOpen = false
    if case .grant(let index) = address.object, !workspace.form.grants.indices.contains(index) {
      return false
    }
    if let rule = address.rule {
      guard rule < max(workspace.form.rules.count, 1) else { return false }
      navigation.rule = rule
    }
    navigation.cards = []
    navigation.step = Step.step(of: address, in: workspace.form)
    navigation.visited.insert(navigation.step)
    if isMisshapen(address), goToLine(of: address) { return true }
    if focusOnPage(address) { return true }
    for step in Step.allCases where step != .review {
      guard context.page(of: step).position(of: .field(address)) != nil else { continue }
      navigation.step = step
      return focusOnPage(address)
    }
    return openCard(around: address) || goToLine(of: address)
  }

  /// Whether a list or mapping should stand at an address and something else does.
  private func isMisshapen(_ address: Address) -> Bool {
    switch (
      address.object.resource.property(at: address.path)?.schema, workspace.form.value(at: address)
    )
    {
    case (_, nil), (.list, .sequence), (.object, .mapping), (.map, .mapping): false
    case (.list, let value?), (.object, let value?), (.map, let value?): !value.isNull
    case (.string, _), (.integer, _), (.boolean, _), (.quantity, _), (.any, _), (nil, _): false
    }
  }

  /// Goes to the YAML's line of a value that no field shows, where it can be edited as text.
  private mutating func goToLine(of address: Address) -> Bool {
    guard let document = workspace.analysis.objects.firstIndex(of: address.object),
      let lines = workspace.analysis.printedText.lines(of: address.path, in: document)
    else { return false }
    refocus()
    navigation.preview = .manifests
    toggleYAML()
    navigation.focus = .yaml(lines.lowerBound)
    navigation.isYAMLVisit = true
    message = StyledLine(
      "no field holds this: \(way(to: .editor)) edits it as text, Esc Esc goes back")
    return true
  }

  /// Focuses an address on the present page: its own field, or the first one below it.
  private mutating func focusOnPage(_ address: Address) -> Bool {
    let page = page
    if page.position(of: .field(address)) != nil {
      move(to: .field(address))
      return true
    }
    guard ObjectCard.exists(at: address), address.path.count > 1 else { return false }
    for line in page.lines {
      for row in 0..<line.height {
        for place in 0..<line.width {
          if case .field(let inner)? = line.focus(row: row, place: place), inner.isWithin(address) {
            move(to: .field(inner))
            return true
          }
        }
      }
    }
    return false
  }

  /// Opens the card of an address, or that of the object it is a field of, and focuses it.
  private mutating func openCard(around address: Address) -> Bool {
    let own = ObjectCard.exists(at: address) ? address : address.parent
    // The row of a table has no card of its own.
    let card = ObjectCard.table(of: workspace.form, at: own.parent) == nil ? own : own.parent
    guard ObjectCard.exists(at: card) else {
      refocus()
      return false
    }
    navigation.cards = [card]
    if card != own, focusOnPage(address) { return true }
    let page = page
    if page.position(of: .field(address)) != nil {
      move(to: .field(address))
      return true
    }
    if ObjectCard.exists(at: address) {
      focusFirst()
      return true
    }
    // A new key of a map: typing gives it its value.
    if ObjectCard.isMap(at: card) {
      navigation.focus = .field(address)
      load(address)
      return true
    }
    navigation.cards = []
    refocus()
    return false
  }

  mutating func openCard(_ address: Address) {
    leaveField()
    navigation.cards.append(address)
    (navigation.lastField, navigation.lastRow) = (nil, nil)
    focusFirst()
  }

  mutating func closeCard() {
    leaveField()
    guard let closed = navigation.cards.popLast() else { return }
    focusButton(of: closed)
  }

  /// The focus on the button that opens a card, else on the field from which it was opened, else on the
  /// first one.
  mutating func focusButton(of card: Address) {
    for line in page.lines {
      if case .buttons(let buttons) = line.content,
        let button = buttons.first(where: { $0.action == .openCard(card) })
      {
        move(to: button.focus)
        return
      }
    }
    if let field = navigation.lastField, page.position(of: .field(field)) != nil {
      move(to: .field(field))
    } else {
      focusFirst()
    }
  }

  /// The next problem after the focus, in their order.
  mutating func goToNextProblem() {
    let problems = workspace.analysis.problems
    guard !problems.isEmpty else {
      message = StyledLine("no problems", .success)
      return
    }
    let address = context.explainedAddress
    let last = navigation.problem.flatMap { $0.focus == navigation.focus ? $0.number : nil }
    let here = last ?? problems.firstIndex { $0.address == address }
    let next = here.map { ($0 + 1) % problems.count } ?? 0
    let problem = problems[next]
    go(to: problem.address)
    navigation.left.insert(problem.address)
    navigation.problem = (next, navigation.focus)
    // What the focus is not on is said nowhere else.
    if message == nil, navigation.focus != .field(problem.address) {
      message = StyledLine(problem.text, problem.severity.role)
    }
  }

  /// Applies the fix of a problem as one undo step.
  mutating func fix(_ problem: FormProblem?) {
    if let problem, postpones(.fix(problem)) { return }
    // One that waited may be gone.
    let problem = problem.flatMap { workspace.analysis.problems.contains($0) ? $0 : nil }
    if let problem, problem.finding?.fix == nil, let repair = problem.repair {
      let text = workspace.form.text(at: problem.address)
      perform(.fill(problem.address, repair))
      lintIfFast()
      message = StyledLine("fixed: \(text) to \(repair) (\(way(to: .undo)) undoes it)", .success)
      return
    }
    guard let problem, let fix = problem.finding?.fix else {
      message = StyledLine("nothing to fix here", .warning)
      return
    }
    let before = now
    for edit in fix.edits { apply(edit) }
    workspace.history.record(before, .single)
    workspace.history.close()
    lintIfFast()
    clampRule()
    refocus()
    message = StyledLine("fixed: \(fix.title) (\(way(to: .undo)) undoes it)", .success)
  }

  private mutating func apply(_ edit: DocumentEdit) {
    switch edit {
    case .add(let node): workspace.form.add(node)
    case .set(let document, let path, let node):
      switch workspace.analysis.subject(ofDocument: document) {
      case .object(let object): workspace.form.set(node, at: Address(object, path))
      case .kept(let place):
        let kind = workspace.form.opened[place].kind ?? ""
        workspace.form.opened[place].node?.set(
          node, at: path, in: ResourceKind.find(kind: kind)?.schema ?? .any)
      case nil: break
      }
    case .remove(let document, let path):
      switch workspace.analysis.subject(ofDocument: document) {
      case .object(let object): workspace.form.delete(Address(object, path))
      case .kept(let place): workspace.form.opened[place].node?.remove(at: path)
      case nil: break
      }
    }
  }
}
