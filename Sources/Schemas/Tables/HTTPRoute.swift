import YAML

/// Limits of an HTTPRoute (kubernetes-sigs/gateway-api v1.5.1, CRD httproutes); code that only
/// compares counts need not parse the table below.
package enum HTTPRouteLimits {
  /// The backendRefs of a rule.
  package static let backendRefs = 16
  /// The matches of a rule.
  package static let matches = 64
  /// The weight of a backendRef.
  package static let weight = 1_000_000
  /// The characters of a backendRef's name.
  package static let backendName = 253
}

extension ResourceKind {
  /// What the AI Gateway controller makes of an AIGatewayRoute (kubernetes-sigs/gateway-api v1.5.1,
  /// CRD httproutes; envoyproxy/ai-gateway v1.1.0, internal/controller/ai_gateway_route.go).
  package static let httpRoute = ResourceKind(
    group: "gateway.networking.k8s.io", kind: "HTTPRoute",
    versions: [Version("v1", isStored: true), Version("v1beta1")],
    help: "Sends HTTP requests of a Gateway to backends.",
    spec: Property(
      "spec", .object(SchemaTable.object(httpRouteFacts, parts: httpRouteParts)), isRequired: true,
      help: "Which Gateway the route attaches to and where it sends requests.",
      source: Citation.gatewayAPICRD("httproutes")),
    status: { httpRouteStatus })

  private static let httpRouteFacts = """
    hostnames list ..16
      - hostname
    parentRefs list ..32 ; @parentsNamed ; @parentsDistinct
      - object
        group group = gateway.networking.k8s.io
        kind kind = Gateway
        name! name
        namespace namespace
        port port
        sectionName subdomain
    rules list 1..16 = [{matches: [{path: {type: PathPrefix, value: '/'}}]}] ; @totalMatches \
        ; @ruleNames ; until 0.6 as ..16
      - object ; @redirectAlone ; @prefixOfRedirect ; @prefixOfRewrite \
          ; @prefixOfBackendRedirect ; @prefixOfBackendRewrite
        backendRefs list ..\(HTTPRouteLimits.backendRefs)
          - object ; @servicePort
            filters use filters
            group group = ''
            kind kind = Service
            name! text 1..\(HTTPRouteLimits.backendName)
            namespace namespace
            port port
            weight int 0..\(HTTPRouteLimits.weight) = 1
        filters use filters
        matches list ..\(HTTPRouteLimits.matches) = [{path: {type: PathPrefix, value: '/'}}]
          - object
            headers list ..16 by name
              - object
                name! header
                type choice Exact RegularExpression = Exact
                value! text 1..4096 headerValue ; until 0.6 as text 1..4096
            method choice GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH
            path object = {type: PathPrefix, value: '/'} ; @path
              type choice Exact PathPrefix RegularExpression = PathPrefix
              value text ..1024 = '/'
            queryParams list ..16 by name
              - object
                name! header
                type choice Exact RegularExpression = Exact
                value! text 1..1024
        name subdomain
        retry object
          attempts long
          backoff duration
          codes list
            - long 400..599
        sessionPersistence object ; cookieConfig.lifetimeType=Permanent => absoluteTimeout \
            ; since 0.7 cookieConfig => type=Cookie
          absoluteTimeout duration
          cookieConfig object
            lifetimeType choice Permanent Session = Session
          idleTimeout duration
          sessionName text ..128
          type choice Cookie Header = Cookie
        timeouts object ; @requestCoversBackend
          backendRequest duration
          request duration
    useDefaultGateways choice All None
    """

  private static let httpRouteParts = SchemaTable.parts(
    """
    addedHeaders list ..16 by name
      - object
        name! header
        value! text 1..4096 headerValue ; until 0.6 as text 1..4096
    headerModifier object
      add use addedHeaders
      remove use removed
      set use addedHeaders
    filters list ..16 ; @redirectOrRewrite ; @filtersOnce ; since 0.7 @corsOnce
      - object ; type ? CORS:cors RequestHeaderModifier:requestHeaderModifier \
          ResponseHeaderModifier:responseHeaderModifier RequestMirror:requestMirror \
          RequestRedirect:requestRedirect URLRewrite:urlRewrite ExtensionRef:extensionRef \
          ExternalAuth:externalAuth
        cors object
          allowCredentials bool
          allowHeaders list ..64 set ; since 0.7 @starAlone
            - header
          allowMethods list ..9 set ; @starAlone
            - choice GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH *
          allowOrigins list ..64 set ; @starAlone
            - text 1..253 origin ; until 0.6 as text 1..253 anyOrigin
          exposeHeaders list ..64 set
            - header
          maxAge int 1.. = 5
        extensionRef use localRef
        externalAuth object ; protocol ? GRPC:grpc HTTP:http
          backendRef! use serviceRef
          forwardBody object
            maxSize long
          grpc object
            allowedHeaders list ..64 set ; until 0.6 as ..
              - text
          http object
            allowedHeaders list ..64 set ; until 0.6 as ..
              - text
            allowedResponseHeaders list ..64 set ; until 0.6 as ..
              - text
            path text ..1024 urlPath
          protocol! choice HTTP GRPC
        requestHeaderModifier use headerModifier
        requestMirror object ; percent => !fraction
          backendRef! use serviceRef
          fraction use fraction
          percent int 0..100
        requestRedirect object
          hostname subdomain
          path use pathModifier
          port port
          scheme choice http https
          statusCode code 301 302 303 307 308 = 302 ; until 0.6 as code 301 302
        responseHeaderModifier use headerModifier
        type! choice RequestHeaderModifier ResponseHeaderModifier RequestMirror RequestRedirect \
            URLRewrite ExtensionRef CORS ExternalAuth
        urlRewrite object
          hostname subdomain
          path use pathModifier
    """, and: SchemaTable.common)

  private static let httpRouteStatus = SchemaTable.status(
    """
    parents list
      - object
        conditions use conditions
        controllerName text
        parentRef use parent
    """)
}
