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
    schema! object \
        # The API that the provider speaks; requests and responses are translated to and from \
        it.
      name! choice OpenAI Cohere AWSBedrock AzureOpenAI GCPVertexAI GCPAnthropic Anthropic \
          AWSAnthropic # The name of the API.
      prefix text \
          # What paths begin with at the provider, such as /v1beta/openai, for OpenAI and \
          Anthropic.
      version text # The version of the API, such as the api-version of AzureOpenAI.
    backendRef! object ; @backendOnly ; @servicePort # The Backend that requests are sent to.
      group group = '' # The API group of the backend; gateway.envoyproxy.io for a Backend.
      kind kind = Service # The kind of the backend, Backend.
      name! name # The name of the backend.
      namespace namespace \
          # The namespace of the backend; left out, the same one. Another one needs a \
          ReferenceGrant there.
      port port # The port of the backend; a Backend's endpoints have their own.
    bodyMutation object # Changes top-level fields of the request's JSON body before it is sent.
      remove list ..16 set # Fields that are removed from the body.
        - text # The name of a field.
      set list ..16 by path # Fields that are set in the body.
        - object # A field and its value.
          path! text 1.. # The name of the field at the top of the body.
          value! text # The value as JSON, so that a text has quotes: "flex".
    headerMutation use headerChanges # Changes headers of the request before it is sent.
    """
}
