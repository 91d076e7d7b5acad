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
      - text # A tool's name, or a regular expression for names.
    """, and: SchemaTable.security)

  private static let mcpRouteFacts = """
    parentRefs! list 1..16 ; @gatewaysOnly # The Gateways that the route attaches to.
      - object # A Gateway that the route attaches to.
        group group = gateway.networking.k8s.io # The API group of Gateway.
        kind kind = Gateway # Always Gateway; nothing else is supported.
        name! name # The Gateway's name.
        namespace namespace # The Gateway's namespace, which must be the route's own.
        port port # Listeners on this port only.
        sectionName subdomain # One listener of the Gateway.
    hostnames list ..16 ; since 1.1 # The hosts that the route answers for.
      - hostname # A host that clients call, or *.domain for every host below it.
    path text ..1024 = /mcp # The one path of the route; nothing below it belongs to it.
    headers list ..16 by name # Headers that requests must have.
      - object # A header that the request must have.
        name! header # The name of the header.
        type choice Exact RegularExpression = Exact # How the value of the header is compared.
        value! text 1..4096 # The value of the header, or a regular expression, as type says.
    backendRefs! list 1..256 ; @backendNames # The MCP servers.
      - object ; @servicePort # An MCP server behind the route.
        forwardHeaders list ..32 # Client headers that are forwarded to the server.
          - object # A header that is forwarded to the server.
            backendHeader text 1.. # The name of the header at the server.
            name! text 1.. # The name of the header in the client's request.
        group group = '' # gateway.envoyproxy.io for a Backend.
        kind kind = Service # Backend for a server outside the cluster.
        name! name # The name of the server, which is part of its tools' names, too.
        namespace namespace # The route's own; the controller refuses another.
        path text ..1024 = /mcp # The path at which the server answers.
        port port # The port of the server; a Service needs one.
        securityPolicy object # The gateway's credentials for the server.
          apiKey object ; secretRef | inline ; secretRef => !inline ; header => !queryParam \
              # An API key that the server gets.
            header text 1.. # The header for the key; left out, Authorization with Bearer.
            inline text # The key itself.
            queryParam text 1.. # The parameter for the key, in place of a header.
            secretRef use secretRef # The Secret that holds the key, in its key apiKey.
        toolSelector object ; include => !includeRegex ; exclude => !excludeRegex \
            ; include | includeRegex | exclude | excludeRegex # The tools that clients see.
          exclude use tools \
              # The tools that clients do not see, by name, even where they are included.
          excludeRegex use tools \
              # The tools that clients do not see, by regular expressions, even where they are \
              included.
          include use tools # The only tools that clients see, by name.
          includeRegex use tools # The only tools that clients see, by regular expressions.
    backendSelector object ; since 1.1 # Which servers a client sees.
      defaultAction choice Allow Deny = Deny # The decision if no rule matches.
      rules list ..32 # The first rule that matches a server decides.
        - object # A rule that shows servers to clients or hides them.
          action choice Allow Deny = Allow # Whether clients see the servers that match the rule.
          cel text ..4096 \
              # A CEL expression that is true for servers that match, named request.mcp.backend; \
              all if left out.
    securityPolicy object ; @oauthOfRules # Who may call, and which tools.
      apiKeyAuth use apiKeyAuth
      authorization object # Which tools a client may call.
        defaultAction choice Allow Deny = Deny # The decision if no rule matches.
        rules list ..32 # The first rule that matches decides.
          - object # A rule that allows or denies requests.
            action choice Allow Deny = Allow \
                # Whether requests that match the rule are allowed or denied.
            cel text ..4096 \
                # A CEL expression over the request, such as request.mcp.tool, that must be true \
                as well.
            source object # Which clients the rule is for; all if left out.
              jwt! object ; scopes+ | claims+ \
                  # What the token of the client holds: claims and scopes, both of which must fit.
                claims list ..16 ; @notScope # The claims that the token must have, all of them.
                  - use claim
                scopes list ..16 # The scopes that the token must have, all of them.
                  - name # A scope that the token must have.
            target object # Which tools the rule is for; all if left out.
              tools! list 1..16 # The tools that the rule is for.
                - object # A tool of a server.
                  backend! text # The name of the server that has the tool.
                  tool! text # The name of the tool at its server.
      extAuth use extAuth
      oauth object # Tokens of an authorization server, by OAuth of the MCP specification.
        audiences list ..32 # The audiences that tokens may have; left out, any.
          - text # An audience that a token may name.
        claimToHeaders list ..16 # Claims that are forwarded to servers as headers.
          - object # A claim and the header that it is put into.
            claim! text # The name of the claim; a dot leads to a nested one.
            header! text # The name of the header that the claim is put into.
        issuer! text requestURI # The authorization server, as its tokens name it.
        jwks object ; remoteJWKS | localJWKS ; remoteJWKS => !localJWKS \
            # The keys that tokens are verified with; left out, the issuer's metadata names them.
          localJWKS use localJWKS
          remoteJWKS use remoteJWKS
        protectedResourceMetadata! object # The metadata of the route for OAuth clients.
          resource! text requestURI # The URL of the route.
          resourceDocumentation text requestURI \
              # The URL of the route's documentation for developers.
          resourceName text ..256 # The name of the route that people see.
          resourcePolicyUri text requestURI \
              # The URL of the terms on which clients may use the data of the route.
          resourceSigningAlgValuesSupported list 1..16 \
              # The algorithms that responses may be signed with.
            - text # A signing algorithm, such as RS256.
          scopesSupported list ..32 \
              # The scopes that clients ask for at first; the fewest that they can work with are \
              best.
            - text # A scope that clients ask for.
    """
}
