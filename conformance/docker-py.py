"""Flows of docker-py, one by name: each fails loudly where the service is not as docker-py takes it to be."""

import sys
import time

import docker

client = docker.from_env(timeout=60)


def images():
    image = client.images.pull("busybox", tag="latest")
    assert image.tags == ["busybox:latest"], image.tags
    assert image.id in [one.id for one in client.images.list()]
    assert [one.id for one in client.images.list(name="busybox")] == [image.id]
    assert image.tag("local/copy", tag="1")
    assert client.images.get("local/copy:1").id == image.id
    assert image.history()[0]["Id"] == image.id
    client.images.remove("local/copy:1")
    try:
        client.images.get("local/copy:1")
    except docker.errors.ImageNotFound as error:
        assert "No such image" in str(error), error
    else:
        raise AssertionError("a removed name is still found")
    try:
        client.images.pull("busybox", tag="nope")
    except docker.errors.NotFound as error:
        assert "manifest for busybox:nope not found" in str(error), error
    else:
        raise AssertionError("a tag that is not there was pulled")
    lines = list(client.api.pull("busybox", tag="latest", stream=True, decode=True))
    assert lines[-1]["status"].startswith("Status: "), lines


def run():
    assert client.containers.run("busybox", ["echo", "hello"], remove=True, network_mode="none") == b"hello\n"
    both = client.containers.run(
        "busybox", ["sh", "-c", "echo out; echo err >&2"], remove=True, stderr=True, network_mode="none"
    )
    assert sorted(both.splitlines()) == [b"err", b"out"], both
    try:
        client.containers.run("busybox", ["sh", "-c", "echo why >&2; exit 7"], remove=True, network_mode="none")
    except docker.errors.ContainerError as error:
        assert error.exit_status == 7 and b"why" in error.stderr, error
    else:
        raise AssertionError("a failure was no error")
    assert client.containers.list(all=True) == []


def logs():
    script = "for i in 1 2 3; do echo $i; sleep 0.1; done"
    container = client.containers.run("busybox", ["sh", "-c", script], detach=True, network_mode="none")
    followed = b"".join(container.logs(stream=True, follow=True))
    assert followed == b"1\n2\n3\n", followed
    assert container.logs(tail=1) == b"3\n"
    assert container.wait()["StatusCode"] == 0
    container.reload()
    assert container.status == "exited", container.status
    container.remove()


def exec_socket():
    container = client.containers.run("busybox", ["sleep", "100"], detach=True, network_mode="none")
    try:
        code, output = container.exec_run(["sh", "-c", "echo done; exit 5"])
        assert (code, output) == (5, b"done\n"), (code, output)
        code, (out, err) = container.exec_run(["sh", "-c", "echo o; echo e >&2"], demux=True)
        assert (code, out, err) == (0, b"o\n", b"e\n")
        _, sock = container.exec_run("cat", stdin=True, socket=True, tty=True)
        raw = sock._sock
        raw.settimeout(10)
        raw.sendall(b"typed\n")
        shown = b""
        while shown.count(b"typed") < 2:
            shown += raw.recv(1024)
        sock.close()
        stream = container.exec_run(["sh", "-c", "echo 1; echo 2"], stream=True).output
        assert b"".join(stream) == b"1\n2\n"
    finally:
        container.remove(force=True)


def attach_socket():
    container = client.containers.create("busybox", "cat", stdin_open=True, network_mode="none")
    try:
        sock = container.attach_socket(params={"stdin": 1, "stdout": 1, "stream": 1})
        container.start()
        raw = sock._sock
        raw.settimeout(10)
        raw.sendall(b"in and out\n")
        head = raw.recv(8, 8)
        assert head[0] == 1, head
        assert raw.recv(1024).endswith(b"in and out\n")
        sock.close()
    finally:
        container.remove(force=True)


def events():
    since = time.time()
    client.containers.run("busybox", ["true"], remove=True, network_mode="none")
    found = client.events(since=since, until=time.time(), decode=True, filters={"type": "container"})
    words = [event["Action"] for event in found if event["Action"] != "attach"]
    assert words == ["create", "start", "die", "destroy"], words


def lifecycle():
    container = client.containers.run(
        "busybox", ["sleep", "100"], detach=True, name="py", labels={"a": "b"}, network_mode="none"
    )
    try:
        assert [one.name for one in client.containers.list(filters={"label": "a=b"})] == ["py"]
        assert container.top()["Titles"]
        assert container.stats(stream=False)["memory_stats"]
        container.pause()
        container.reload()
        assert container.status == "paused", container.status
        container.unpause()
        container.rename("renamed")
        container.stop(timeout=0)
        container.reload()
        assert (container.name, container.status) == ("renamed", "exited")
        container.start()
        container.kill()
        assert container.wait()["StatusCode"] == 137
    finally:
        container.remove(force=True)


def system():
    info = client.info()
    assert info["OSType"] == "linux" and info["ID"]
    assert client.version()["ApiVersion"]
    assert client.ping()
    usage = client.df()
    # It speaks the newest version there is, which has sums only.
    assert usage["ImageUsage"]["TotalCount"] == 1 and usage["ImageUsage"]["TotalSize"] > 0, usage
    client.images.pull("alpine", tag="latest")
    client.images.prune(filters={"dangling": False})
    assert client.images.list() == []


globals()[sys.argv[1]]()
