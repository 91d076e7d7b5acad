import Resources

extension Rule {
  /// The rules by what they look at, so that each part is shown only to those it concerns.
  enum Catalogue {
    private static let document = rules { if case .document = $0 { true } else { false } }
    private static let route = rules { if case .route = $0 { true } else { false } }
    private static let routeRule = rules { if case .routeRule = $0 { true } else { false } }
    private static let policy = rules { if case .policy = $0 { true } else { false } }
    private static let grant = rules { if case .grant = $0 { true } else { false } }
    private static let service = rules { if case .service = $0 { true } else { false } }
    private static let bundle = rules { if case .bundle = $0 { true } else { false } }

    private static func rules(where isOfKind: (Check) -> Bool) -> [Rule] {
      Rule.all.filter { isOfKind($0.check) }
    }

    /// The checks stay in their rules: as values of one generic type each call would go through three
    /// more functions.
    private static func run(
      _ rules: [Rule], _ report: inout Report, _ run: (Check, inout Report) -> Void
    ) {
      for rule in rules {
        report.rule = rule
        run(rule.check, &report)
      }
    }

    static func run(on document: Document, _ report: inout Report) {
      run(Catalogue.document, &report) {
        if case .document(let check) = $0 { check(document, &$1) }
      }
      switch document.content {
      case .route(let route):
        run(Catalogue.route, &report) { if case .route(let check) = $0 { check(route, &$1) } }
      case .policy(let policy):
        run(Catalogue.policy, &report) { if case .policy(let check) = $0 { check(policy, &$1) } }
      case .grant(let grant):
        run(Catalogue.grant, &report) { if case .grant(let check) = $0 { check(grant, &$1) } }
      case .service(let service):
        run(Catalogue.service, &report) { if case .service(let check) = $0 { check(service, &$1) } }
      case .backend, .gateway, .credentials, .tlsPolicy, .httpRoute, .namespace, .installation,
        .other:
        break
      }
    }

    static func run(on rule: RouteRule, _ report: inout Report) {
      run(routeRule, &report) { if case .routeRule(let check) = $0 { check(rule, &$1) } }
    }

    static func run(on bundle: ResourceIndex, _ report: inout Report) {
      run(Catalogue.bundle, &report) { if case .bundle(let check) = $0 { check(bundle, &$1) } }
    }
  }
}
