import Lint
import Resources
import RouteForm
import Screen
import YAML

extension Wizard {
  /// How long the conditions are watched after an apply, in milliseconds.
  private static let timeout = 30_000

  /// Shows what applying would send, and where to; nothing is sent before it is confirmed.
  mutating func askToApply() -> [Effect] {
    guard let cluster = workspace.analysis.cluster else { return [] }
    guard navigation.step == .review, navigation.cards.isEmpty else {
      go(to: .review)
      message = StyledLine("review it first, then apply it from here", .warning)
      return []
    }
    guard workspace.isSaved else {
      message = StyledLine(
        "save first (\(way(to: .save))): only what is saved is applied", .warning)
      return []
    }
    if postpones(.command(.apply)) { return [] }
    let plan = workspace.plan(for: cluster)
    guard !plan.objects.isEmpty else {
      message = StyledLine("there is nothing that can be applied", .warning)
      return []
    }
    panels.open(.dialog(dialog(for: plan, to: cluster)))
    return []
  }

  private func dialog(for plan: ApplyPlan, to cluster: KnownCluster) -> Dialog {
    let errors = workspace.analysis.errors
    var lines = [
      StyledLine("Context:    \(cluster.name)\(cluster.isProtected ? ", protected" : "")"),
      StyledLine("Namespaces: \(plan.namespaces.joined(separator: ", "))"), StyledLine("Objects:"),
    ]
    lines += plan.objects.map { StyledLine("  \($0.title)", .value) }
    lines += plan.leftOut.map { StyledLine($0, .warning) }
    if errors > 0 {
      lines.append(
        StyledLine("\(errors == 1 ? "There is" : "There are") \(workspace.counts).", .error))
    }
    return Dialog(
      title: errors > 0 ? "Apply with errors?" : "Apply to \(cluster.name)?", lines: lines,
      choices: [.init(title: "Cancel", answer: .cancel)]
        + (errors > 0 ? [.init(title: "Go to the first", answer: .firstError)] : [])
        + [.init(title: cluster.isProtected ? "Apply..." : "Apply", answer: .apply)])
  }

  /// Applies; to a protected cluster once its name was typed.
  mutating func applyOrAskName() -> [Effect] {
    guard let cluster = workspace.analysis.cluster else { return [] }
    guard cluster.isProtected else { return apply(to: cluster) }
    panels.open(
      .prompt(Prompt("\(cluster.name) is protected: type its name to apply", .apply)))
    return []
  }

  /// Applies to the protected cluster whose name was typed.
  mutating func apply(named name: String) -> [Effect] {
    guard let cluster = workspace.analysis.cluster else { return [] }
    guard name == cluster.name else {
      message = StyledLine("not applied: \(name) is not \(cluster.name)", .warning)
      return []
    }
    return apply(to: cluster)
  }

  private mutating func apply(to cluster: KnownCluster) -> [Effect] {
    let objects = workspace.plan(for: cluster).objects
    panels.open(
      .cluster(
        ClusterPanel(
          waiting: "applying \(objects.count) objects to \(cluster.name)...", isApplying: true)))
    return ask(.apply(objects, cluster: cluster.name))
  }

  /// Shows what was applied; where all of it was, the route's conditions are watched.
  mutating func handleApplied(_ report: ApplyReport) -> [Effect] {
    if case .cluster? = panels.top { panels.close() }
    if !report.applied.isEmpty { isClusterOld = true }
    let applied = report.applied.map { StyledLine("applied \($0)", .success) }
    guard report.failures.isEmpty else {
      panels.open(
        .dialog(
          Dialog(
            title: report.applied.isEmpty ? "Nothing was applied" : "Not all was applied",
            lines: applied + report.failures.map { StyledLine($0, .error) },
            choices: [.init(title: "Back", answer: .cancel)])))
      return []
    }
    message = StyledLine(
      "applied to \(report.cluster): \(report.applied.joined(separator: ", "))", .success)
    return follow(timeout: Self.timeout, after: applied)
  }

  /// Asks for the status of the route.
  mutating func askForStatus() -> [Effect] { follow(timeout: 0) }

  private mutating func follow(timeout: Int, after heading: [StyledLine] = []) -> [Effect] {
    guard let cluster = workspace.analysis.cluster else { return [] }
    guard let name = workspace.form.routeName, !name.isEmpty else {
      message = StyledLine("the route has no name yet", .warning)
      return []
    }
    let route = WatchedRoute(
      cluster: cluster.name, namespace: workspace.form.routeNamespace ?? cluster.namespace,
      name: name, timeout: timeout)
    panels.open(.status(StatusPanel(route, after: heading)))
    return ask(.status(route))
  }

  /// Shows the status of the route; as long as not all is well and there is patience, asks again.
  mutating func handleStatus(_ report: StatusReport) -> [Effect] {
    guard case .status(var panel)? = panels.top else { return [] }
    let isOver = report.isWell || report.timeout <= 0
    panel.take(report, isOver: isOver)
    panels.replaceTop(with: .status(panel))
    guard !isOver else {
      return isClusterOld ? ask(.objectsAgain(panel.route.cluster)) : []
    }
    var route = panel.route
    route.timeout = report.timeout
    route.isAgain = true
    return ask(.status(route))
  }
}

/// What applying would send.
struct ApplyPlan: Sendable {
  fileprivate(set) var objects: [Node] = []
  /// What it leaves out, a sentence each.
  fileprivate(set) var leftOut: [String] = []

  var namespaces: [String] {
    Set(objects.compactMap { $0["metadata"]?["namespace"]?.text }).sorted()
  }
}

extension Workspace {
  /// The objects in the files as they are saved; Secrets and what has variables are left to
  /// kubectl.
  func plan(for cluster: KnownCluster) -> ApplyPlan {
    var plan = ApplyPlan()
    for document in targets.flatMap({ Parser().parse($0.bytes).documents.map(\.root) }) {
      for object in document.listedObjects ?? [document] where object["kind"] != nil {
        let object = object.placed(in: cluster.namespace)
        switch object["kind"]?.text {
        case "Kustomization": continue
        case "Secret": plan.leftOut.append("\(object.title) is left out: Secrets are not sent")
        case _ where object.hasVariables:
          plan.leftOut.append("\(object.title) is left out: it has variables")
        case _: plan.objects.append(object)
        }
      }
    }
    return plan
  }
}
