import Schemas
import YAML

/// What is asked of the documents by name or kind.
extension ResourceIndex {
  /// The HTTPRoutes that somebody wrote and that no AIGatewayRoute of the name overwrites.
  package var plainHTTPRoutes: [(index: Int, route: HTTPRoute)] {
    httpRoutes.filter { !$0.route.isGenerated && route($0.route.key) == nil }
  }

  /// Whether some route leads to an InferencePool.
  package var hasPools: Bool {
    routes.contains { $0.route.rules.contains { rule in rule.refs.contains(where: \.isPool) } }
  }

  /// The documents by which kustomize puts objects together.
  var kustomizations: [Document] { others["Kustomization"] ?? [] }

  /// Whether a Service is of type ExternalName, which has no address of its own and for which
  /// Kubernetes makes no EndpointSlices: Envoy Gateway finds no endpoints unless somebody writes some
  /// (envoyproxy/gateway v1.8.1, internal/gatewayapi/route.go, processServiceDestinationSetting;
  /// kubernetes/kubernetes, pkg/controller/endpointslice/endpointslice_controller.go).
  package func lacksEndpoints(_ service: ObjectKey) -> Bool {
    externalServices.contains(service)
      && !others(GroupKind("discovery.k8s.io", "EndpointSlice")).contains { slice in
        let labels = slice.node["metadata"]?.given("labels")
        return slice.namespace == service.namespace
          && labels?["kubernetes.io/service-name"]?.text == service.name
      }
  }

  /// An MCPRoute, nil where it is not among the documents.
  package func mcpRoute(_ key: ObjectKey) -> MCPRoute? { mcpRoutePlaces[key].map { mcpRoutes[$0] } }

  /// An HTTPRouteFilter, nil where it is not among the documents.
  package func routeFilter(_ key: ObjectKey) -> Document? {
    routeFilters[key].map { documents[$0] }
  }

  /// The documents of a kind of a group without a typed view.
  package func others(_ kind: GroupKind) -> [Document] {
    (others[kind.kind] ?? []).filter { $0.isA(kind) }
  }

  /// The cluster's Services.
  package var clusterServices: [Document] {
    (others[GroupKind.service.kind] ?? []).filter { $0.apiVersion == "v1" }
  }

  /// The InferencePools of the group that they were of before they were stable.
  package var oldPools: [Document] {
    others(GroupKind(ResourceKind.oldPoolGroup, GroupKind.inferencePool.kind))
  }

  /// Whether a pool that routes lead to stands here as one of that group alone.
  package func hasOnlyOld(_ pool: ObjectKey) -> Bool {
    !pools.contains(pool) && oldPools.contains { $0.key == pool }
  }

  /// What a Secret or ConfigMap among the documents holds.
  package func stored(_ kind: String, _ key: ObjectKey) -> StoredData? { stores[kind]?[key] }

  /// The names of the Secrets or ConfigMaps among the documents.
  package func stored(_ kind: String) -> [ObjectKey] { stores[kind].map { Array($0.keys) } ?? [] }

  /// The route of a name, and so of the HTTPRoute made of it.
  package func route(_ key: ObjectKey) -> (index: Int, route: AIGatewayRoute)? {
    routePlaces[key].map { routes[$0] }
  }

  /// The HTTPRoute of a name that stands among the documents.
  package func httpRoute(_ key: ObjectKey) -> (index: Int, route: HTTPRoute)? {
    httpRoutePlaces[key].map { httpRoutes[$0] }
  }

  /// The age that counts for a route: that of the HTTPRoute made of it, where that is known.
  package func age(of route: AIGatewayRoute) -> Age {
    httpRoute(route.key)?.route.age ?? route.age
  }

  /// Whether a listener takes HTTPRoutes of a namespace; what labels decide is taken for granted
  /// where the Namespace is not among the documents.
  package func admits(_ namespace: String, to listener: Listener, of gateway: Gateway) -> Bool {
    listener.admits(namespace, labels: labels(ofNamespace: namespace), of: gateway.name)
  }

  /// The labels of a namespace, nil where it is not among the documents.
  package func labels(ofNamespace name: String) -> Labels? { namespaces[name] }

  /// The AIServiceBackend of a name.
  package func service(_ key: ObjectKey) -> AIServiceBackend? { services[key]?.service }

  /// The policies that name an AIServiceBackend or InferencePool, each as often as it does.
  package func credentials(of kind: GroupKind, _ key: ObjectKey) -> [BackendSecurityPolicy] {
    credentialsByTarget[PolicyTarget(kind: kind.kind, key)] ?? []
  }

  /// The Backend behind an AIServiceBackend, as far as the documents say.
  package func backend(ofService key: ObjectKey) -> Backend? {
    services[key]?.service.backend.flatMap { backends[$0]?.backend }
  }

  /// What a backendRef leads to; before 1.1 a pool is looked for beside the route (envoyproxy/ai-gateway
  /// v1.0.0, internal/controller/ai_gateway_route.go).
  package func target(of ref: BackendRef, from routeNamespace: String) -> ObjectKey {
    ref.isPool && release < .v1_1
      ? ObjectKey(routeNamespace, ref.name) : ref.target(from: routeNamespace)
  }

  /// The Backend of a backendRef, as far as the documents say.
  package func backend(of ref: BackendRef, in route: AIGatewayRoute) -> Backend? {
    guard !ref.isPool, !services.isEmpty else { return nil }
    return backend(ofService: ref.target(from: route.namespace))
  }
}
