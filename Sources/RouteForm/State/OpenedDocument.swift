internal import Schemas
package import YAML

/// One document of the opened files, which the form keeps whether it shows it or not.
package struct OpenedDocument: Hashable, Sendable {
  /// As it was when the form last let go of it; nil once it was removed.
  package var node: Node?
  /// The opened file it is in, from 0.
  package let file: Int
  /// Which of the file's documents it is, from 0; nil for one that the file does not hold yet.
  package let document: Int?
  /// Texts that are no values, by their paths, while the form shows another route.
  var invalidTexts: [Path: String] = [:]

  package init(_ node: Node, file: Int, document: Int?) {
    self.node = node
    self.file = file
    self.document = document
  }

  package var kind: String? { node?["kind"]?.text }

  package var isRoute: Bool { kind == "AIGatewayRoute" }
}

/// Which of the opened documents the form shows, by their places; nil for what the form makes.
package struct OpenedIndices: Hashable, Sendable {
  package var route: Int?
  package var policy: Int?
  package var retry: Int?
  /// The objects that describe backends, as far as their cards were opened, in apply order.
  package var parts: [OpenedPart] = []
}

/// An opened document that describes a backend.
package struct OpenedPart: Hashable, Sendable {
  package let part: BackendPart
  package let place: Int

  package var object: ObjectName { .opened(part, place) }
}

extension FormState {
  /// Opens documents: the form takes up one AIGatewayRoute (the first unless another is named) and
  /// what belongs to it; without any it begins a new one beside them, on their Gateway.
  package init(opening documents: [OpenedDocument], route chosen: Int? = nil) {
    self = Recipe.blank.form
    opened = documents
    guard let index = chosen ?? documents.firstIndex(where: \.isRoute),
      documents.indices.contains(index), let node = documents[index].node
    else {
      writesPolicy = !documents.contains { $0.kind == "ClientTrafficPolicy" }
      attachToOnlyGateway(among: documents)
      return
    }
    route = node
    held.route = index
    takeInvalidTexts(of: index, for: .route)
    let related = RelatedObjects(of: node, among: documents)
    writesPolicy = related.policy != nil
    if let place = related.policy, let node = documents[place].node {
      policy = node
      held.policy = place
      takeInvalidTexts(of: place, for: .policy)
    }
    if let place = related.retry, let node = documents[place].node {
      retry = node
      held.retry = place
      writesRetry = true
      takeInvalidTexts(of: place, for: .retry)
    }
    for found in related.grants { adopt(found) }
  }

  /// Attaches a new route to the Gateway of some documents where there is one only, and puts it into
  /// its namespace.
  private mutating func attachToOnlyGateway(among documents: [OpenedDocument]) {
    let gateways = documents.compactMap(\.node).filter { node in
      let kind = node["kind"]?.text ?? ""
      return ResourceKind.find(kind: kind, in: node["apiVersion"]?.text)?.kind == "Gateway"
    }
    guard gateways.count == 1, let metadata = gateways.first?["metadata"],
      let name = metadata["name"]?.text
    else { return }
    set(.string(name), at: FormState.parentList.appending(0).appending("name"))
    set(
      metadata["namespace"]?.text.map(Node.string),
      at: Address(.route, Path([.key("metadata"), .key("namespace")])))
  }

  private mutating func adopt(_ found: RelatedObjects.Grant) {
    guard let node = opened[found.place].node else { return }
    grants.append(
      Grant(namespace: found.namespace, role: found.role, overlay: node, held: found.place))
    takeInvalidTexts(of: found.place, for: .grant(grants.count - 1))
  }

  private mutating func takeInvalidTexts(of place: Int, for object: ObjectName) {
    guard !opened[place].invalidTexts.isEmpty else { return }
    for (path, text) in opened[place].invalidTexts { invalidTexts[Address(object, path)] = text }
    opened[place].invalidTexts = [:]
  }

  /// The opened document that an object is, nil for one that the form makes.
  package func held(_ object: ObjectName) -> Int? {
    switch object {
    case .route: held.route
    case .policy: held.policy
    case .retry: held.retry
    case .grant(let index): grants.indices.contains(index) ? grants[index].held : nil
    case .opened(_, let place): place
    case .gatewayClass, .proxy, .gateway, .provider, .part: nil
    }
  }

  /// The opened file that takes what is new: the route's.
  package var routeFile: Int { held.route.map { opened[$0].file } ?? 0 }

  /// Every document as it will be saved, those of the form put back among the others; what is new
  /// stands behind them, in apply order.
  package var settled: [OpenedDocument] {
    var all = opened
    for place in [held.policy, held.retry].compactMap({ $0 }) { all[place].node = nil }
    let file = routeFile
    for object in objects {
      var document =
        held(object).map { all[$0] }
        ?? OpenedDocument(.null, file: file, document: nil)
      document.node = self.document(object)
      for (address, text) in invalidTexts where address.object == object {
        document.invalidTexts[address.path] = text
      }
      if let place = held(object) { all[place] = document } else { all.append(document) }
    }
    return all
  }

  /// The opened documents that the form does not show, by their places.
  package var keptPlaces: [Int] {
    let shown = Set(objects.compactMap(held))
    return opened.indices.filter { place in
      opened[place].node != nil && !shown.contains(place) && place != held.policy
        && place != held.retry
    }
  }

  /// The AIGatewayRoutes that can be chosen, by their places.
  package var routePlaces: [Int] { opened.indices.filter { opened[$0].isRoute } }

  /// Shows another of the opened routes, with what belongs to it.
  package mutating func chooseRoute(_ place: Int) {
    guard opened.indices.contains(place), opened[place].isRoute, held.route != place else { return }
    let release = release
    self = FormState(opening: settled, route: place)
    self.release = release
  }

  /// Whether saving this would leave other documents than saving `other`, or other text that is no
  /// value yet.
  package func differs(from other: FormState) -> Bool {
    if opened.isEmpty { return self != other }
    if held.route == other.held.route, route != other.route { return true }
    if self == other { return false }
    if opened == other.opened, held == other.held,
      objects.map(self.held) == other.objects.map(other.held)
    {
      return invalidTexts != other.invalidTexts || documents != other.documents
    }
    return settled != other.settled
  }

  /// Takes up the grants of a namespace that are there already, for this route.
  mutating func adoptGrants(in namespace: String) {
    let related = RelatedObjects(of: route, among: opened)
    for found in related.grants
    where found.namespace == namespace && !grants.contains(where: { $0.held == found.place }) {
      adopt(found)
    }
  }

  /// Whether the grants of a namespace cover what one controller asks for.
  func hasGrant(in namespace: String, for role: Grant.Role) -> Bool {
    grants.indices.contains { index in
      grants[index].namespace == namespace
        && RelatedObjects.roles(of: document(.grant(index)), for: routeNamespace).contains(role)
    }
  }
}
