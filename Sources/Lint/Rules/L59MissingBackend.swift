import Kinds
import Manifest

extension Rule {
  static let missingService = Rule(
    "L59", .warning, .controller, "a backendRef to an AIServiceBackend that is not there",
    why: "One missing AIServiceBackend keeps the controller from writing any rule of the route; "
      + "the old ones keep serving. Apply Backends and AIServiceBackends before the route.",
    bad: "backendRefs: [{name: azure}], AIServiceBackend openai alone",
    good: "backendRefs: [{name: azure}], AIServiceBackends openai and azure",
    .bundle { bundle, report in
      guard !bundle.services.isEmpty else { return }
      let shelf = Shelf(bundle.services.keys)
      for (index, route) in bundle.routes {
        let isAtHome = route.rules.contains { rule in
          rule.refs.contains { !$0.isPool && bundle.services[$0.target(from: route.home)] != nil }
        }
        for rule in route.rules {
          for (place, ref) in rule.refs.enumerated() where !ref.isPool && !ref.name.isEmpty {
            let wanted = ref.target(from: route.home)
            let isExpected = isAtHome && wanted.namespace == route.home
            guard let lack = shelf.lack(of: wanted, isExpected: isExpected) else { continue }
            report.add(
              "AIServiceBackend \(wanted.name) is not in namespace \(wanted.namespace) here"
                + "\(lack.hint); while it is missing, no rule of the route is written",
              at: .to("spec", "rules", rule.index, "backendRefs", place, "name"), in: index,
              severity: lack.severity)
          }
        }
      }
    })

  static let missingBackend = Rule(
    "L59.backend", .warning, .controller, "an AIServiceBackend whose Backend is not there",
    why: "Rules that lead to it answer 500, or their part of the requests does.",
    bad: "AIServiceBackend {backendRef: {kind: Backend, name: azure}}, Backend openai alone",
    good: "AIServiceBackend {backendRef: {kind: Backend, name: openai}}, Backend openai",
    reference: "domain.md 2.6",
    .bundle { bundle, report in
      guard !bundle.backends.isEmpty else { return }
      let shelf = Shelf(bundle.backends.keys)
      for document in bundle.documents {
        guard case .service(let service) = document.content, let wanted = service.backend,
          let lack = shelf.lack(of: wanted)
        else { continue }
        report.add(
          "Backend \(wanted.name) is not in namespace \(wanted.namespace) here\(lack.hint); "
            + "while it is missing, requests get 500", at: .to("spec", "backendRef", "name"),
          in: document.index, severity: lack.severity)
      }
    })
}

/// The objects of one kind among the documents.
private struct Shelf {
  private var names: Set<ObjectKey> = []
  private var namespaces: [String: [String]] = [:]
  private var homes: [String: String] = [:]

  init(_ names: some Sequence<ObjectKey>) {
    for name in names.sorted() {
      self.names.insert(name)
      homes[name.name] = homes[name.name] ?? name.namespace
      // Enough to guess a misspelt one from.
      if namespaces[name.namespace]?.count ?? 0 < 50 {
        namespaces[name.namespace, default: []].append(name.name)
      }
    }
  }

  /// What can be said of an object that is missing.
  struct Lack {
    /// A warning where something speaks for a mistake; other files may have the object.
    let severity: Finding.Severity
    let hint: String
  }

  /// What is known of an object, nil where it is there or may well be in other files.
  ///
  /// An expected one is missed without further signs.
  func lack(of wanted: ObjectKey, isExpected: Bool = false) -> Lack? {
    guard !names.contains(wanted) else { return nil }
    if let home = homes[wanted.name] { return Lack(severity: .warning, hint: ", but in \(home)") }
    let neighbours = namespaces[wanted.namespace] ?? []
    // A name may be like another on purpose, as team-a and team-b are.
    let near = Closest.match(for: wanted.name, among: neighbours).map { ", \($0) is" }
    if isExpected { return Lack(severity: .warning, hint: near ?? "") }
    return neighbours.isEmpty
      ? nil : Lack(severity: .info, hint: near ?? "; other files may have it")
  }
}
