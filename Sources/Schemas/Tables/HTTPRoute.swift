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
    hostnames list ..16 # The hosts that the route answers for; those of the listener if left out.
      - hostname # A host that clients call, or *.domain for every host below it.
    parentRefs list ..32 ; @parentsNamed ; @parentsDistinct \
        # The Gateways that the route attaches to.
      - object # A Gateway that the route attaches to.
        group group = gateway.networking.k8s.io # The API group of what the route attaches to.
        kind kind = Gateway # The kind of what the route attaches to.
        name! name # The Gateway's name.
        namespace namespace \
            # The Gateway's namespace; the route's own if left out. Listeners must allow routes \
            from another.
        port port # Listeners on this port only.
        sectionName subdomain # One listener of the Gateway; all that match if left out.
    rules list 1..16 = [{matches: [{path: {type: PathPrefix, value: '/'}}]}] ; @totalMatches \
        ; @ruleNames ; until 0.6 as ..16 \
        # The routing rules; the most specific match wins, then the earlier rule.
      - object ; @redirectAlone ; @prefixOfRedirect ; @prefixOfRewrite \
          ; @prefixOfBackendRedirect ; @prefixOfBackendRewrite \
          # Which requests go where, and what is changed on the way.
        backendRefs list ..\(HTTPRouteLimits.backendRefs) \
            # The backends that share the requests, by their weights.
          - object ; @servicePort # A backend and its share of the requests.
            filters use filters # What is done to the requests that this backend gets.
            group group = '' # The API group of the backend; empty for Service.
            kind kind = Service # The kind of the backend.
            name! text 1..\(HTTPRouteLimits.backendName) # The name of the backend.
            namespace namespace \
                # The namespace of the backend; left out, the same one. Another one needs a \
                ReferenceGrant there.
            port port # The port of the backend; a Service needs one.
            weight int 0..\(HTTPRouteLimits.weight) = 1 \
                # The share of requests relative to the weights of the others; 0 is none.
        filters use filters # What is done to the requests and responses of the rule.
        matches list ..\(HTTPRouteLimits.matches) = [{path: {type: PathPrefix, value: '/'}}] \
            # Which requests the rule takes: those for which any of these holds.
          - object # What a request must have, all of it.
            headers list ..16 by name # Headers that the request must have, all of them.
              - object # A header that the request must have.
                name! header # The name of the header.
                type choice Exact RegularExpression = Exact \
                    # How the value of the header is compared.
                value! text 1..4096 headerValue ; until 0.6 as text 1..4096 \
                    # The value of the header, or a regular expression, as type says.
            method choice GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH \
                # The method of the request; any if left out.
            path object = {type: PathPrefix, value: '/'} ; @path # The path of the request.
              type choice Exact PathPrefix RegularExpression = PathPrefix \
                  # How the path is compared.
              value text ..1024 = '/' # The path, its beginning or a regular expression.
            queryParams list ..16 by name \
                # Query parameters that the request must have, all of them.
              - object # A query parameter that the request must have.
                name! header # The name of the query parameter.
                type choice Exact RegularExpression = Exact \
                    # How the value of the query parameter is compared.
                value! text 1..1024 \
                    # The value of the query parameter, or a regular expression, as type says.
        name subdomain # A name for the rule, so that a policy can refer to it; unique in the route.
        retry object # Which failed requests are sent again, and how often.
          attempts long # How many times a request is sent again; 2 if left out.
          backoff duration # How long to wait before the first retry; later ones wait longer.
          codes list # The status codes after which a request is sent again.
            - long 400..599 # A status code after which a request is sent again.
        sessionPersistence object ; cookieConfig.lifetimeType=Permanent => absoluteTimeout \
            ; since 0.7 cookieConfig => type=Cookie \
            # Sends all requests of a session to the same endpoint; not done if left out.
          absoluteTimeout duration \
              # How long a session lasts; Envoy Gateway heeds it for Permanent cookies only.
          cookieConfig object # Settings of the cookie, for type Cookie.
            lifetimeType choice Permanent Session = Session \
                # Whether the cookie ends with the browser's session or after absoluteTimeout \
                (Permanent).
          idleTimeout duration \
              # How long a session may rest before it ends; Envoy Gateway does not support it.
          sessionName text ..128 # The name of the cookie or header; generated if left out.
          type choice Cookie Header = Cookie \
              # Whether a cookie or a header says which session a request belongs to.
        timeouts object ; @requestCoversBackend # How long requests of this rule may take.
          backendRequest duration # How long one try may take; without retry, it replaces request.
          request duration \
              # The time for the whole request with its response and all retries; 0s is no limit.
    useDefaultGateways choice All None \
        # Whether the route attaches to all default Gateways; Envoy Gateway does not support it.
    """

  private static let httpRouteParts = SchemaTable.parts(
    """
    addedHeaders list ..16 by name
      - object # A header that is added or set.
        name! header # The name of the header.
        value! text 1..4096 headerValue ; until 0.6 as text 1..4096 # The value of the header.
    headerModifier object # How headers are changed.
      add use addedHeaders # Headers that are added to those that are there.
      remove use removed # Headers that are removed.
      set use addedHeaders # Headers that are set, in the place of those with the same name.
    filters list ..16 ; @redirectOrRewrite ; @filtersOnce ; since 0.7 @corsOnce
      - object ; type ? CORS:cors RequestHeaderModifier:requestHeaderModifier \
          ResponseHeaderModifier:responseHeaderModifier RequestMirror:requestMirror \
          RequestRedirect:requestRedirect URLRewrite:urlRewrite ExtensionRef:extensionRef \
          ExternalAuth:externalAuth # One thing that is done to requests or responses.
        cors object # Which websites may call the route from a browser, for type CORS.
          allowCredentials bool \
              # Whether browsers may send cookies and other credentials; false if left out.
          allowHeaders list ..64 set ; since 0.7 @starAlone \
              # The request headers that websites may send; * is any.
            - header # A request header that websites may send.
          allowMethods list ..9 set ; @starAlone # The methods that websites may use; * is any.
            - choice GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH * \
                # A method that websites may use.
          allowOrigins list ..64 set ; @starAlone \
              # The origins of the websites that may send requests; * is any.
            - text 1..253 origin ; until 0.6 as text 1..253 anyOrigin \
                # An origin, such as https://example.com or https://*.example.com.
          exposeHeaders list ..64 set # The response headers that websites may read; * is any.
            - header # A response header that websites may read.
          maxAge int 1.. = 5 # For how many seconds a browser may remember what is allowed.
        extensionRef use localRef \
            # An object with further settings, such as an HTTPRouteFilter, for type ExtensionRef.
        externalAuth object ; protocol ? GRPC:grpc HTTP:http \
            # Asks a service whether a request is allowed, for type ExternalAuth; not supported by \
            Envoy Gateway.
          backendRef! use serviceRef # The service that is asked whether a request is allowed.
          forwardBody object # Sends the service the body of the request, too; not done if left out.
            maxSize long # The largest part of the body that the service gets, in bytes; 0 is none.
          grpc object # What a service with protocol GRPC gets.
            allowedHeaders list ..64 set ; until 0.6 as .. \
                # The request headers that the service gets; all if left out.
              - text # A request header that the service gets.
          http object # What a service with protocol HTTP gets, and what backends get of its answer.
            allowedHeaders list ..64 set ; until 0.6 as .. \
                # The request headers that the service gets besides those that it always gets, \
                such as Authorization.
              - text # A request header that the service gets.
            allowedResponseHeaders list ..64 set ; until 0.6 as .. \
                # The headers of the service's answer that backends get; all if left out.
              - text # A header of the service's answer that backends get.
            path text ..1024 urlPath \
                # What comes before the path of the request where the service is asked; nothing if \
                left out.
          protocol! choice HTTP GRPC \
              # How the service is asked: over gRPC (ext_authz of Envoy) or over HTTP.
        requestHeaderModifier use headerModifier \
            # Changes headers of requests, for type RequestHeaderModifier.
        requestMirror object ; percent => !fraction \
            # Sends copies of requests to a further backend, whose answers are ignored, for type \
            RequestMirror.
          backendRef! use serviceRef # The backend that gets the copies.
          fraction use fraction \
              # The share of requests that are copied, where percent is too coarse; all if both \
              are left out.
          percent int 0..100 \
              # The percentage of requests that are copied; all if it and fraction are left out.
        requestRedirect object \
            # Sends clients to another address, for type RequestRedirect; no backend is called.
          hostname subdomain # The host of the new address; that of the request if left out.
          path use pathModifier \
              # How the path of the new address is made; that of the request if left out.
          port port \
              # The port of the new address; left out, that of scheme, else that of the listener.
          scheme choice http https # The scheme of the new address; that of the request if left out.
          statusCode code 301 302 303 307 308 = 302 ; until 0.6 as code 301 302 \
              # The status code of the redirect.
        responseHeaderModifier use headerModifier \
            # Changes headers of responses, for type ResponseHeaderModifier.
        type! choice RequestHeaderModifier ResponseHeaderModifier RequestMirror RequestRedirect \
            URLRewrite ExtensionRef CORS ExternalAuth \
            # What is done; the field of the same name has its settings.
        urlRewrite object # Changes the host and the path that backends see, for type URLRewrite.
          hostname subdomain # The host that backends see; the client's if left out.
          path use pathModifier # How the path that backends see is made; the client's if left out.
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
