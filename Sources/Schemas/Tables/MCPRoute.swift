import YAML

extension ResourceKind {
  /// The route from tools to MCP servers (envoyproxy/ai-gateway v1.1.0, CRD mcproutes).
  package static let mcpRoute = ResourceKind(
    group: "aigateway.envoyproxy.io", kind: "MCPRoute",
    versions: [Version("v1beta1", isStored: true), Version("v1alpha1", isDeprecated: true)],
    help: "Aggregates MCP servers into one for the clients of a Gateway.",
    spec: Property(
      "spec", .object(SchemaTable.object(mcpRouteFacts, parts: mcpRouteParts)),
      help: "The Gateways, the MCP servers behind them and who may call which tool.",
      source: Citation.aiGateway("api/v1beta1/mcp_route.go")),
    status: { SchemaTable.conditions })

  private static let mcpRouteParts = SchemaTable.parts(
    """
    tools list ..32
      - text
    """, and: SchemaTable.security)

  private static let mcpRouteFacts = """
    parentRefs! list 1..16 ; @gatewaysOnly # The Gateways that the route attaches to.
      - object
        group group = gateway.networking.k8s.io
        kind kind = Gateway # Always Gateway; nothing else is supported.
        name! name # The Gateway's name.
        namespace namespace
        port port
        sectionName subdomain # One listener of the Gateway.
    hostnames list ..16 ; since 1.1 # The hosts that the route answers for.
      - hostname
    path text ..1024 = /mcp # The one path of the route; nothing below it belongs to it.
    headers list ..16 by name # Headers that requests must have.
      - object
        name! header
        type choice Exact RegularExpression = Exact
        value! text 1..4096
    backendRefs! list 1..256 ; @backendNames # The MCP servers.
      - object ; @servicePort
        forwardHeaders list ..32 # Client headers that are forwarded to the server.
          - object
            backendHeader text 1.. # The name of the header at the server.
            name! text 1..
        group group = '' # gateway.envoyproxy.io for a Backend.
        kind kind = Service # Backend for a server outside the cluster.
        name! name # The name of the server, which is part of its tools' names, too.
        namespace namespace # The route's own; the controller refuses another.
        path text ..1024 = /mcp # The path at which the server answers.
        port port
        securityPolicy object # The gateway's credentials for the server.
          apiKey object ; secretRef | inline ; secretRef => !inline ; header => !queryParam
            header text 1.. # The header for the key; left out, Authorization with Bearer.
            inline text # The key itself.
            queryParam text 1.. # The parameter for the key, in place of a header.
            secretRef use secretRef
        toolSelector object ; include => !includeRegex ; exclude => !excludeRegex \
            ; include | includeRegex | exclude | excludeRegex # The tools that clients see.
          exclude use tools
          excludeRegex use tools
          include use tools
          includeRegex use tools
    backendSelector object ; since 1.1 # Which servers a client sees.
      defaultAction choice Allow Deny = Deny # The decision if no rule matches.
      rules list ..32
        - object
          action choice Allow Deny = Allow
          cel text ..4096
    securityPolicy object ; @oauthOfRules # Who may call, and which tools.
      apiKeyAuth use apiKeyAuth
      authorization object # Which tools a client may call.
        defaultAction choice Allow Deny = Deny # The decision if no rule matches.
        rules list ..32 # The first rule that matches decides.
          - object
            action choice Allow Deny = Allow
            cel text ..4096
            source object
              jwt! object ; scopes+ | claims+
                claims list ..16 ; @notScope
                  - use claim
                scopes list ..16
                  - name
            target object
              tools! list 1..16
                - object
                  backend! text
                  tool! text
      extAuth use extAuth
      oauth object # Tokens of an authorization server, by OAuth of the MCP specification.
        audiences list ..32 # The audiences that tokens may have; left out, any.
          - text
        claimToHeaders list ..16 # Claims that are forwarded to servers as headers.
          - object
            claim! text
            header! text
        issuer! text requestURI # The authorization server, as its tokens name it.
        jwks object ; remoteJWKS | localJWKS ; remoteJWKS => !localJWKS
          localJWKS use localJWKS
          remoteJWKS use remoteJWKS
        protectedResourceMetadata! object # The metadata of the route for OAuth clients.
          resource! text requestURI # The URL of the route.
          resourceDocumentation text requestURI
          resourceName text ..256
          resourcePolicyUri text requestURI
          resourceSigningAlgValuesSupported list 1..16
            - text
          scopesSupported list ..32
            - text
    """
}
