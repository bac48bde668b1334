package skillrunner.contract;

/** A small document, to plant faults in. */
final class TestDocument {
    static final String TEXT =
            """
            openapi: 3.1.1
            info: {title: Things, version: '1'}
            x-left-out: ['^/page(/.*)?$']
            paths:
              /things/{id}:
                get:
                  operationId: getThing
                  parameters:
                    - {name: id, in: path, required: true, schema: {type: string}}
                    - {name: colour, in: query, schema: {enum: [red, blue]}}
                  responses:
                    '200':
                      description: A thing.
                      headers: {ETag: {required: true, schema: {type: string}}}
                      content:
                        application/json:
                          schema: {$ref: '#/components/schemas/Thing'}
                          example: {name: a, size: 1, owner: null}
                    '204': {description: Nothing.}
              /things/new:
                post:
                  operationId: makeThing
                  requestBody:
                    content: {application/json: {schema: {$ref: '#/components/schemas/Wish'}, example: {name: a}}}
                  responses:
                    '200':
                      description: Made.
                      content: {application/json: {schema: {$ref: '#/components/schemas/Named'}, example: {name: a}}}
                      links: {thing: {$ref: '#/components/links/Thing'}}
              /things/{id}/follow:
                get:
                  operationId: followThing
                  parameters:
                    - {name: id, in: path, required: true, schema: {type: string}}
                  responses:
                    '200':
                      description: Events.
                      content:
                        text/event-stream:
                          schema: {type: string}
                          x-events: {moved: {$ref: '#/components/schemas/Named'}, note: {type: string}}
            components:
              responses:
                AddressUnknown:
                  description: Nothing there.
                  content: {application/problem+json: {schema: {$ref: '#/components/schemas/Named'}, example: {name: a}}}
              links:
                Thing: {operationId: getThing, parameters: {id: $response.body#/name}}
              schemas:
                Named:
                  type: object
                  required: [name]
                  properties: {name: {type: string}}
                Thing:
                  allOf:
                    - {$ref: '#/components/schemas/Named'}
                    - type: object
                      required: [size, owner]
                      properties:
                        size: {type: integer}
                        owner: {oneOf: [{$ref: '#/components/schemas/Named'}, {type: 'null'}]}
                Wish:
                  type: object
                  required: [name]
                  properties: {name: {type: string}, size: {type: integer}}
            """;

    private TestDocument() {}

    /** The document with one place changed. */
    static ApiDocument with(String old, String now) {
        if (!TEXT.contains(old)) {
            throw new AssertionError("there is no " + old);
        }
        return ApiDocument.parse(TEXT.replace(old, now));
    }
}
