"""A server with TLS before a Milvus without it, for tests: milvus_tls.py TARGET CERTIFICATE KEY TOKEN

Passes calls on to TARGET (host:port) if they carry TOKEN, and refuses others as Milvus does. Prints its port, and ends
when its standard input does. It needs grpcio, which milvus-lite brings.
"""
import base64
import sys
from concurrent import futures

import grpc

target, certificate, key, token = sys.argv[1:]
expected = base64.b64encode(token.encode()).decode()
channel = grpc.insecure_channel(target, [("grpc.max_receive_message_length", -1)])


class Proxy(grpc.GenericRpcHandler):
    def service(self, details):
        metadata = dict(details.invocation_metadata)

        def call(request, context):
            if metadata.get("authorization") != expected:
                context.abort(grpc.StatusCode.UNAUTHENTICATED, "auth check failure, please check username and password")
            try:
                return channel.unary_unary(details.method)(request, timeout=60)
            except grpc.RpcError as error:
                context.abort(error.code(), error.details())

        return grpc.unary_unary_rpc_method_handler(call)


with open(certificate, "rb") as file, open(key, "rb") as secret:
    credentials = grpc.ssl_server_credentials([(secret.read(), file.read())])
server = grpc.server(futures.ThreadPoolExecutor(8), options=[("grpc.max_receive_message_length", -1)])
server.add_generic_rpc_handlers([Proxy()])
print(server.add_secure_port("127.0.0.1:0", credentials), flush=True)
server.start()
sys.stdin.read()
