import Resources
import RouteForm
import Schemas
import Screen
import YAML

extension Wizard {
  /// Asks which cluster to connect to.
  mutating func askForCluster() -> [Effect] {
    panels.open(.cluster(ClusterPanel(waiting: "asking kubectl for its contexts...")))
    return ask(.contexts)
  }

  /// Asks a cluster in the place of what it was asked before; `message` shows where keys go to the
  /// form meanwhile.
  mutating func ask(_ question: Effect.ClusterQuestion, showing message: String? = nil) -> [Effect]
  {
    wait = message
    return [.askCluster(question)]
  }

  /// Reads the cluster of a context, nil for the current one, while keys go to the form.
  mutating func connect(to context: String?) -> [Effect] {
    let name = context.map { "cluster \($0)" } ?? "the cluster"
    return ask(.objects(context), showing: "reading \(name)...")
  }

  /// Gives up on what keys did not wait for.
  mutating func stopWaiting() {
    wait = nil
    message = StyledLine("cancelled: the cluster is not queried further", .warning)
  }

  /// Reads the connected cluster again, then runs a command.
  mutating func readAgain(before next: Command? = nil) -> [Effect] {
    guard let name = workspace.analysis.cluster?.name else { return askForCluster() }
    guard let next else { return connect(to: name) }
    panels.open(.cluster(ClusterPanel(reading: name, before: next)))
    return ask(.objects(name))
  }

  /// Runs a command that asks the cluster, with what that holds by now.
  mutating func ask(_ command: Command, _ run: (inout Wizard) -> [Effect]) -> [Effect] {
    guard workspace.analysis.cluster != nil else { return askForCluster() }
    return isClusterOld ? readAgain(before: command) : run(&self)
  }

  /// Whether a cluster is being asked and nobody gave up on that.
  package var isAskingCluster: Bool {
    if case .cluster(let panel)? = panels.top { return panel.isWaiting }
    if case .status(let panel)? = panels.top { return panel.isWaiting }
    return wait != nil
  }

  /// Asks the server about what would be saved, and about what AI Gateway would make of it.
  mutating func askServer() -> [Effect] {
    guard let cluster = workspace.analysis.cluster else { return [] }
    let documents = workspace.analysis.ask()
    let completed = cluster.completing(documents)
    return ask(
      .dryRun(
        ClusterDocuments(
          cluster: cluster.name, documents: Array(completed.all[completed.first...]),
          background: Array(completed.all[..<completed.first]), release: workspace.form.release)),
      showing: "asking the server of \(cluster.name) about \(documents.count) objects...")
  }

  /// Takes what the server said.
  mutating func handleAnswer(_ answer: ServerAnswer) {
    wait = nil
    workspace.analysis.take(answer)
    lintIfFast()
    let isClear = answer.findings.isEmpty && answer.notes.isEmpty
    message = StyledLine(
      (["the server of \(answer.cluster) \(answer.summary)"] + answer.notes).joined(
        separator: "; "), isClear ? .success : .warning)
  }

  /// Asks what applying what would be saved would change.
  mutating func compareWithCluster() -> [Effect] {
    guard let cluster = workspace.analysis.cluster else { return [] }
    let objects = workspace.plan(for: cluster).objects
    panels.open(
      .cluster(ClusterPanel(waiting: "comparing \(objects.count) objects with \(cluster.name)...")))
    return ask(.difference(objects, cluster: cluster.name))
  }

  /// Shows what applying would change.
  mutating func showDifference(_ lines: [String]) {
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
    return ask(.route(route, cluster: cluster.name))
  }

  /// Takes the contexts of kubectl.
  mutating func offerContexts(_ contexts: [String]) {
    guard case .cluster(var panel)? = panels.top else { return }
    guard !contexts.isEmpty else {
      handleUnconnected(
        "kubectl has no context: neither KUBECONFIG nor ~/.kube/config has one; set KUBECONFIG, or log "
          + "in to a cluster")
      return
    }
    panel.take(contexts)
    panels.replaceTop(with: .cluster(panel))
  }

  /// Takes what a cluster holds; goes on with the command for which it was read.
  mutating func handleConnected(_ cluster: KnownCluster) -> [Effect] {
    let known = workspace.analysis.cluster
    var panel: ClusterPanel?
    if case .cluster(let top)? = panels.top {
      panel = top
      panels.close()
    }
    workspace.analysis.cluster = cluster
    isClusterOld = false
    lintIfFast()
    let isAwaited = panel != nil || wait != nil
    wait = nil
    // What nobody waits for says nothing.
    guard isAwaited || known?.name != cluster.name else { return [] }
    showMessage(of: cluster)
    return panel?.next.map { run($0) } ?? []
  }

  private mutating func showMessage(of cluster: KnownCluster) {
    let gaps = cluster.incomplete.joined(separator: ", ")
    var parts = ["cluster \(cluster.name): \(cluster.objects.count) objects read"]
    if !gaps.isEmpty { parts.append("not everything may be listed of: \(gaps)") }
    if let release = workspace.otherRelease {
      parts.append(
        "its CRDs are those of AI Gateway \(release.rawValue); \(way(to: .useRelease)) targets it"
      )
    }
    message = StyledLine(parts.joined(separator: "; "), parts.count == 1 ? .success : .warning)
  }

  /// Writes for the release of the cluster's CRDs.
  mutating func useRelease() {
    guard let release = workspace.otherRelease else {
      message = StyledLine(
        workspace.analysis.cluster == nil
          ? "no cluster is connected"
          : "the cluster's CRDs show no release other than \(workspace.form.release.rawValue)",
        .warning)
      return
    }
    let before = now
    workspace.form.release = release
    workspace.history.record(before, .single)
    workspace.history.close()
    lintIfFast()
    message = StyledLine(
      "now targets AI Gateway \(release.rawValue) (\(way(to: .undo)) goes back)", .success)
  }

  /// Shows why no cluster could be asked.
  mutating func handleUnconnected(_ text: String) {
    wait = nil
    if case .cluster? = panels.top { panels.close() }
    if case .status(var panel)? = panels.top {
      panel.isWaiting = false
      panels.replaceTop(with: .status(panel))
    }
    message = StyledLine(text, .error)
  }

  /// The known name that the typed text is the beginning of; nil where the caret is not at its end.
  var completion: FormState.KnownName? {
    let editor = navigation.editor
    guard panels.isEmpty, isTyping, let address = navigation.focusedField, !editor.isEmpty,
      !editor.isSelected, editor.caret == editor.text.utf8.count
    else { return nil }
    return workspace.form.knownName(
      at: address, in: workspace.analysis.cluster, beginning: editor.text)
  }

  /// Takes the completion that is shown; whether there was one.
  mutating func complete() -> Bool {
    guard let completion, let address = navigation.focusedField else { return false }
    use(completion, at: address)
    return true
  }

  /// Puts a known name into a field, and its namespace beside it where that is another.
  mutating func use(_ name: FormState.KnownName, at address: Address) {
    perform(.fill(address, name.name))
    guard let namespace = name.namespace else { return }
    let field = address.parent.appending("namespace")
    let own = workspace.form.namespace(around: address, in: workspace.analysis.cluster)
    let wanted = namespace == own ? "" : namespace
    if workspace.form.text(at: field) != wanted { perform(.fill(field, wanted)) }
  }
}

extension Workspace {
  /// The release of the cluster's CRDs, where another is written for.
  var otherRelease: Release? {
    analysis.cluster?.release.flatMap { $0 == form.release ? nil : $0 }
  }
}
