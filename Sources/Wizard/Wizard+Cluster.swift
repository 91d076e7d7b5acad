import Resources
import RouteForm
import Screen
import YAML

extension Wizard {
  /// Asks which cluster to connect to.
  mutating func askForCluster() -> [Effect] {
    panels.open(.cluster(ClusterPanel(waiting: "asking kubectl for its contexts...")))
    return [.askCluster(.contexts)]
  }

  /// Reads the connected cluster again.
  mutating func readAgain() -> [Effect] {
    guard let name = workspace.analysis.cluster?.name else { return askForCluster() }
    panels.open(.cluster(ClusterPanel(reading: name)))
    return [.askCluster(.objects(name))]
  }

  /// Whether a cluster is being asked and nobody gave up on that.
  package var isAskingCluster: Bool {
    switch panels.top {
    case .cluster(let panel)?: panel.isWaiting
    case .status(let panel)?: panel.isWaiting
    case _: false
    }
  }

  /// Asks the server about what would be saved, and about what AI Gateway would make of it.
  mutating func askServer() -> [Effect] {
    guard let cluster = workspace.analysis.cluster else { return askForCluster() }
    let documents = workspace.analysis.askedDocuments
    let completed = cluster.completing(documents)
    panels.open(
      .cluster(
        ClusterPanel(
          waiting: "asking the server of \(cluster.name) about \(documents.count) objects...")))
    return [
      .askCluster(
        .judgement(
          ClusterDocuments(
            cluster: cluster.name, documents: Array(completed.all[completed.first...]),
            background: Array(completed.all[..<completed.first]), release: workspace.form.release)))
    ]
  }

  /// Takes what the server said.
  mutating func take(_ answer: ServerAnswer) {
    if case .cluster? = panels.top { panels.close() }
    workspace.analysis.take(answer)
    workspace.judge()
    let isClear = answer.findings.isEmpty && answer.notes.isEmpty
    message = StyledLine(
      (["the server of \(answer.cluster) \(answer.summary)"] + answer.notes).joined(
        separator: "; "), isClear ? .success : .warning)
  }

  /// Asks what applying what would be saved would change.
  mutating func compareWithCluster() -> [Effect] {
    guard let cluster = workspace.analysis.cluster else { return askForCluster() }
    let objects = workspace.plan(for: cluster).objects
    panels.open(
      .cluster(ClusterPanel(waiting: "comparing \(objects.count) objects with \(cluster.name)...")))
    return [.askCluster(.difference(objects, cluster: cluster.name))]
  }

  /// Shows what applying would change.
  mutating func take(difference lines: [String]) {
    if case .cluster? = panels.top { panels.close() }
    guard let cluster = workspace.analysis.cluster else { return }
    guard !lines.isEmpty else {
      message = StyledLine("applying changes nothing in \(cluster.name)", .success)
      return
    }
    panels.open(
      .diff(
        DiffPanel(
          lines.map { line in
            let role: Role =
              switch line.first {
              case "+": .added
              case "-": .removed
              case "@", "?": .hint
              case _: .plain
              }
            return StyledLine(line, role)
          }, in: cluster.name)))
  }

  /// Asks which route of the cluster to open; unsaved work is asked about first.
  mutating func askForClusterRoute() -> [Effect] {
    guard workspace.analysis.cluster != nil else { return askForCluster() }
    guard workspace.isDirty else {
      chooseClusterRoute()
      return []
    }
    panels.open(.dialog(openingDialog(.openClusterRoute)))
    return []
  }

  /// Lists the routes of the cluster.
  mutating func chooseClusterRoute() {
    guard let cluster = workspace.analysis.cluster else { return }
    let routes = cluster.objects.filter { $0["kind"]?.text == "AIGatewayRoute" }
      .map { ObjectKey(of: $0) }.sorted()
    guard !routes.isEmpty else {
      message = StyledLine("no AIGatewayRoute is known in \(cluster.name)", .warning)
      return
    }
    panels.open(.clusterRoutes(ClusterRoutesPanel(routes)))
  }

  /// Reads a route of the cluster, to begin anew with it.
  mutating func open(_ route: ObjectKey) -> [Effect] {
    guard let cluster = workspace.analysis.cluster else { return [] }
    panels.open(.cluster(ClusterPanel(waiting: "reading \(route) in \(cluster.name)...")))
    return [.askCluster(.route(route, cluster: cluster.name))]
  }

  /// Takes the contexts of kubectl.
  mutating func take(contexts: [String]) {
    guard case .cluster(var panel)? = panels.top else { return }
    guard !contexts.isEmpty else {
      takeUnconnected("kubectl has no context: KUBECONFIG or ~/.kube/config has none")
      return
    }
    panel.take(contexts)
    panels.replaceTop(with: .cluster(panel))
  }

  /// Takes what a cluster holds.
  mutating func take(_ cluster: KnownCluster) {
    if case .cluster? = panels.top { panels.close() }
    workspace.analysis.cluster = cluster
    workspace.judge()
    let gaps = cluster.incomplete.joined(separator: ", ")
    message = StyledLine(
      "cluster \(cluster.name): \(cluster.objects.count) objects read"
        + (gaps.isEmpty ? "" : "; of these kinds not all may be listed: \(gaps)"),
      gaps.isEmpty ? .success : .warning)
  }

  /// Tells why no cluster could be asked.
  mutating func takeUnconnected(_ words: String) {
    if case .cluster? = panels.top { panels.close() }
    if case .status(var panel)? = panels.top {
      panel.isWaiting = false
      panels.replaceTop(with: .status(panel))
    }
    message = StyledLine(words, .error)
  }

  /// The known name that the typed text is the beginning of; nil where the caret is not at its end.
  var completion: FormState.KnownName? {
    let editor = navigation.editor
    guard panels.isEmpty, isTyping, case .field(let address) = navigation.focus, !editor.isEmpty,
      !editor.isSelected, editor.caret == editor.text.utf8.count
    else { return nil }
    return workspace.form.knownNames(
      at: address, in: workspace.analysis.cluster, beginning: editor.text
    ).first { $0.name != editor.text }
  }

  /// Takes the completion that is shown; whether there was one.
  mutating func complete() -> Bool {
    guard let completion, case .field(let address) = navigation.focus else { return false }
    use(completion, at: address)
    return true
  }

  /// Puts a known name into a field, and its namespace beside it where that is another.
  mutating func use(_ name: FormState.KnownName, at address: Address) {
    perform(.fill(address, name.name))
    guard let namespace = name.namespace else { return }
    let field = address.parent.appending("namespace")
    let home =
      workspace.form.text(at: Address(.route, .root).appending("metadata").appending("namespace"))
    let own = home.isEmpty ? workspace.analysis.cluster?.namespace ?? "default" : home
    let wanted = namespace == own ? "" : namespace
    if workspace.form.text(at: field) != wanted { perform(.fill(field, wanted)) }
  }
}
