import Resources
import RouteForm
import Screen
import YAML

extension Wizard {
  /// Opens the card of the backend at the focus: what the form says of it, or what an opened file
  /// does; a backend that is described nowhere is described from now on.
  mutating func describeBackend() {
    guard let ref = context.refAtFocus else {
      message = StyledLine("select a backend row in step 4 first", .warning)
      return
    }
    guard !ref.name.isEmpty else {
      message = StyledLine("the backend has no name yet; it is described by its name", .warning)
      go(to: ref.address.appending("name"))
      return
    }
    switch workspace.form.description(of: ref) {
    case .here(let index): openCard(ofProvider: index)
    case .opened(let parts):
      guard let main = parts.first(where: { $0.part == .service || $0.part == .pool }) else {
        return
      }
      perform(.adopt(ref.address))
      openCard(Address(main.object, .root))
      let title = workspace.form.preset(of: parts).map { ": \($0.title)" } ?? ""
      message = StyledLine("an opened file describes it\(title)")
    case .nowhere:
      perform(.describe(ref.address, preset: FormState.preset(likelyFor: ref.name)))
      if let index = workspace.form.provider(for: ref) { openCard(ofProvider: index) }
    }
  }

  /// Opens the card of a described backend at its first field that is missing, else at the
  /// provider, on which all others depend.
  private mutating func openCard(ofProvider index: Int) {
    openCard(Address(.provider(index), .root))
    let provider = workspace.form.providers[index]
    if provider.preset == nil {
      message = StyledLine(
        "choose the provider of \(provider.name): \(way(to: .choose)) lists them")
    }
    let missing = workspace.form.providerProblems.first { $0.address.object == .provider(index) }
    move(to: .field(missing?.address ?? .provider(index, .preset)))
  }
}

extension Context {
  /// The backendRef that the focus is in: in a row of a table, or in any other field of it.
  var refAtFocus: PlacedRef? {
    if let ref = recordAtFocus.flatMap(workspace.form.placedRef) { return ref }
    guard case .field(var address) = navigation.focus else { return nil }
    while !address.path.isRoot {
      if let ref = workspace.form.placedRef(at: address) { return ref }
      address = address.parent
    }
    return nil
  }
}
