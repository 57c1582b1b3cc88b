"""What every ratio is of: FastAPI with one route that reads the body and answers 202."""

import socket

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import Response

app = FastAPI()


@app.post("/hooks/{integration}", status_code=202)
async def hook(integration: str, request: Request) -> Response:
    """Read the body and keep nothing."""
    del integration
    await request.body()
    return Response(b'{"accepted":1}', 202, media_type="application/json")


def main() -> None:
    """Serve on any free port, with the settings of `council serve`, and say where."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(2_048)
        print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
        config = uvicorn.Config(app, access_log=False, log_config=None, server_header=False)
        uvicorn.Server(config).run([listener])


if __name__ == "__main__":
    main()
