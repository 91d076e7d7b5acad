import YAML
import RouteForm
import Screen

/// What commands do to rules and rows; nil where they mean nothing.
extension Context {
  var ruleToAdd: FormEdit {
    .insert(Template.rule, into: FormState.ruleList, at: workspace.form.rules.count)
  }

  var ruleToRemove: FormEdit? {
    hasRule ? .remove(from: FormState.ruleList, at: navigation.rule) : nil
  }

  var ruleToDuplicate: FormEdit? {
    hasRule ? .duplicate(in: FormState.ruleList, at: navigation.rule) : nil
  }

  var matchToAdd: FormEdit? {
    let list = FormState.matches(navigation.rule)
    return hasRule ? .insert(Template.match(model: nil), into: list, at: count(list)) : nil
  }

  var headerToAdd: FormEdit? {
    let list = FormState.matches(navigation.rule)
    guard hasRule, count(list) > 0 else { return nil }
    let record = recordAtFocus.flatMap { $0.isWithin(list) ? $0 : nil }
    let match = record?.parent.parent ?? list.appending(count(list) - 1)
    let headers = match.appending("headers")
    return .insert(Template.header(name: nil, value: nil), into: headers, at: count(headers))
  }

  var backendToAdd: FormEdit? {
    let list = FormState.backendRefs(navigation.rule)
    return hasRule ? .insert(.map([:]), into: list, at: count(list)) : nil
  }

  var gatewayToAdd: FormEdit {
    .insert(Template.parentRef, into: FormState.parentList, at: workspace.form.parentRefs.count)
  }

  var poolToUse: FormEdit? {
    guard let node = workspace.form.rule(navigation.rule), !FormState.isPool(node) else {
      return nil
    }
    return .usePool(rule: navigation.rule, keeping: false)
  }

  var backendsToUse: FormEdit? {
    guard let node = workspace.form.rule(navigation.rule), FormState.isPool(node) else {
      return nil
    }
    return .useBackends(rule: navigation.rule)
  }

  var rowToAdd: FormEdit? {
    if let (list, index) = rowAtFocus {
      return .insert(Template.row(of: list), into: list, at: index + 1)
    }
    if let card = navigation.cards.last {
      return ObjectCard.isList(at: card)
        ? .insert(Template.row(of: card), into: card, at: count(card)) : nil
    }
    switch navigation.step {
    case .gateway: return gatewayToAdd
    case .matches: return matchToAdd
    case .splits, .overrides: return backendToAdd
    case .buffer, .timeouts, .pool, .review: return nil
    }
  }

  /// The entry of the open map that has the focus, or had it last.
  var entryAtFocus: Address? {
    guard let card = navigation.cards.last, ObjectCard.isMap(at: card),
      let last = navigation.focusedField ?? navigation.lastField, last.parent == card,
      workspace.form.value(at: last) != nil
    else { return nil }
    return last
  }

  /// What the step is about at the row: on Model names the override, not the backend.
  var rowToRemove: FormEdit? {
    if let card = navigation.cards.last, ObjectCard.isMap(at: card) {
      return entryAtFocus.map { .replace($0, nil) }
    }
    if navigation.step == .overrides, navigation.cards.isEmpty {
      return rowAtFocus.flatMap { list, index in
        let address = list.appending(index).appending("modelNameOverride")
        return workspace.form.value(at: address) == nil ? nil : .replace(address, nil)
      }
    }
    return rowAtFocus.map { .remove(from: $0.list, at: $0.index) }
  }

  var rowToDuplicate: FormEdit? { rowAtFocus.map { .duplicate(in: $0.list, at: $0.index) } }

  /// The row at the focus, moved up or down.
  func rowToMove(by step: Int) -> FormEdit? {
    guard let (list, index) = rowAtFocus, (0..<count(list)).contains(index + step) else {
      return nil
    }
    return .move(in: list, from: index, to: index + step)
  }

  private var hasRule: Bool { workspace.form.rule(navigation.rule) != nil }

  private func count(_ list: Address) -> Int { workspace.form.value(at: list)?.items.count ?? 0 }

  private var rowAtFocus: (list: Address, index: Int)? {
    guard let record = recordAtFocus, case .index(let index) = record.path.last else { return nil }
    return (record.parent, index)
  }

  /// The record that the focus is in.
  var recordAtFocus: Address? {
    let page = page
    let here: Address? =
      switch navigation.focus {
      case .field(let address), .button(.openCard(let address)): address
      case .button, .toggle, .jump, .yaml: nil
      }
    return here.flatMap { page.record(around: $0) }
      ?? navigation.lastRow.flatMap { page.record(around: $0) }
      ?? page.card.flatMap { page.record(around: $0) }
  }
}
