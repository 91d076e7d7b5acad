import YAML

extension ResourceKind {
  /// An AI provider as a route sees it: its API and the Backend behind it (envoyproxy/ai-gateway
  /// v1.1.0, CRD aiservicebackends).
  package static let aiServiceBackend = ResourceKind(
    group: "aigateway.envoyproxy.io", kind: "AIServiceBackend",
    versions: [Version("v1beta1", isStored: true), Version("v1alpha1", isDeprecated: true)],
    help: "An AI provider: the API it speaks and the Backend that leads to it.",
    spec: Property(
      "spec", .object(SchemaTable.object(aiServiceBackendFacts, parts: SchemaTable.common)),
      help: "The API of the provider and the Backend that leads to it.",
      source: Citation.aiGatewayCRD("aiservicebackends")),
    status: { SchemaTable.conditions })

  private static let aiServiceBackendFacts = """
    backendSecurityPolicyRef gone AI Gateway 0.4: name this backend in spec.targetRefs of the \
        BackendSecurityPolicy
    timeouts gone AI Gateway 0.3: write rules[].timeouts of the AIGatewayRoutes that use this backend
    schema! object
      name! choice OpenAI Cohere AWSBedrock AzureOpenAI GCPVertexAI GCPAnthropic Anthropic \
          AWSAnthropic
      prefix text
      version text
    backendRef! object ; @backendOnly ; @servicePort
      group group = ''
      kind kind = Service
      name! name
      namespace namespace
      port port
    bodyMutation object
      remove use removed
      set list ..16 by path
        - object
          path! text 1..
          value! text
    headerMutation use headerChanges
    """
}
