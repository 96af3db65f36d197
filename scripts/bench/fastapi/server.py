# What the bench compares with: the same three operations on the same SQLite file, as FastAPI, SQLAlchemy (async, ORM) and Pydantic are commonly used.
# One process under uvicorn (uvloop, httptools). Every request verifies an HS256 token, reads the login's user, and checks access to the client.
import os
import uuid
from datetime import datetime, timezone
from typing import List, Optional

import jwt
from fastapi import Depends, FastAPI, Header, HTTPException
from pydantic import BaseModel, create_model
from sqlalchemy import Column, Integer, Text, event, func, select
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import declarative_base, sessionmaker
from sqlalchemy.pool import AsyncAdaptedQueuePool

SECRET = os.environ["BENCH_SECRET"]
# Without a pool it would open the file anew with each request.
engine = create_async_engine("sqlite+aiosqlite:///" + os.environ["BENCH_DATABASE"], poolclass=AsyncAdaptedQueuePool, pool_size=10)
make_session = sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)
Base = declarative_base()
app = FastAPI()


@event.listens_for(engine.sync_engine, "connect")
def configure(connection, _record):
    # As safe as the server that it is compared with: a commit survives a power cut.
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "cache_size = -65536"):
        connection.execute("pragma " + pragma)
    connection.create_function("fold", 1, lambda value: None if value is None else str(value).lower())


def columns(texts: str, integers: str = ""):
    made = {name: Column(Text) for name in texts.split()}
    made.update({name: Column(Integer) for name in integers.split()})
    return made


STANDARD = "created_at updated_at created_by updated_by archived_at "


def model(name: str, table: str, texts: str, integers: str = ""):
    keyed = {"id": Column(Text, primary_key=True), **columns(STANDARD + texts, "row_version " + integers)}
    return type(name, (Base,), {"__tablename__": table, **keyed})


User = model("User", "users", "email name role", "all_clients epoch")
Client = model("Client", "clients", "name code primary_domain")
Command = model(
    "Command",
    "commands_run",
    "session_id work_item_id client_id infrastructure_id machine_id tool shell_version cwd command command_fingerprint agent_id agent_type "
    "run_as started_at signal stdout_excerpt stderr_excerpt output_sha256 error_message failure_category error_code retry_of_id resolved_by_id",
    "seq elevated duration_ms exit_code success interrupted output_bytes is_destructive redaction_count redactor_version",
)
Task = model(
    "Task",
    "tasks",
    "client_id kind session_id work_item_id project_id parent_task_id infrastructure_id title description reason priority assignee_id "
    "due_at remind_at sort_key recurrence status started_at completed_at completed_in_session_id command_id",
    "estimate_minutes",
)
Pattern = model("Pattern", "failure_patterns", "client_id title status severity root_cause recommended_alternative last_seen_at", "occurrences")
Host = model("Host", "infrastructure", "client_id hostname os_name os_version powershell_version limitations environmental_notes status")
Session = model("Session", "sessions", "client_id technician_id machine_id title mode status started_at last_activity_at summary")


class Access(Base):
    __tablename__ = "user_client_access"
    user_id = Column(Text, primary_key=True)
    client_id = Column(Text, primary_key=True)
    level = Column(Text)
    expires_at = Column(Text)


def row_of(entity) -> type:
    """The Pydantic model of a row."""
    fields = {
        column.name: (Optional[int] if isinstance(column.type, Integer) else Optional[str], None)
        for column in entity.__table__.columns
    }
    made = create_model(entity.__name__ + "Row", **fields)
    made.__config__.orm_mode = True
    return made


CommandRow, TaskRow = row_of(Command), row_of(Task)


class CommandPage(BaseModel):
    items: List[CommandRow]
    next_cursor: Optional[str]


class NewTask(BaseModel):
    client_id: str
    kind: str
    title: str
    description: Optional[str]
    priority: str = "p3"


class Block(BaseModel):
    text: str
    client: dict


async def database():
    async with make_session() as session:
        yield session


async def caller(authorization: str = Header(), db: AsyncSession = Depends(database)):
    try:
        claims = jwt.decode(authorization[len("Bearer ") :], SECRET, algorithms=["HS256"])
    except jwt.InvalidTokenError:
        raise HTTPException(401, "The access token is not valid.")
    user = (await db.execute(select(User).where(User.id == claims["sub"], User.archived_at.is_(None)))).scalar_one_or_none()
    if user is None:
        raise HTTPException(401, "This login has ended.")
    return user


def now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


async def may(db: AsyncSession, user, client_id: str) -> None:
    found = await db.execute(
        select(Access).where(Access.user_id == user.id, Access.client_id == client_id, (Access.expires_at.is_(None)) | (Access.expires_at > now()))
    )
    if found.scalar_one_or_none() is None:
        raise HTTPException(404, "There is no such client.")


@app.get("/api/v1/commands-run", response_model=CommandPage)
async def list_commands(client_id: str, limit: int = 50, user=Depends(caller), db: AsyncSession = Depends(database)):
    await may(db, user, client_id)
    newest = (
        select(Command)
        .where(Command.client_id == client_id, Command.archived_at.is_(None))
        .order_by(Command.started_at.desc(), Command.id.desc())
        .limit(limit + 1)
    )
    rows = (await db.execute(newest)).scalars().all()
    return {"items": rows[:limit], "next_cursor": rows[limit - 1].id if len(rows) > limit else None}


@app.post("/api/v1/tasks", response_model=TaskRow, status_code=201)
async def create_task(task: NewTask, user=Depends(caller), db: AsyncSession = Depends(database)):
    await may(db, user, task.client_id)
    at = now()
    standard = {"id": str(uuid.uuid4()), "created_at": at, "updated_at": at, "created_by": user.id, "updated_by": user.id, "row_version": 1}
    row = Task(**standard, **task.dict(), status="todo")
    db.add(row)
    await db.commit()
    return row


@app.get("/api/v1/context", response_model=Block)
async def context(client_id: str, user=Depends(caller), db: AsyncSession = Depends(database)):
    await may(db, user, client_id)
    client = (await db.execute(select(Client).where(Client.id == client_id))).scalar_one()

    async def all_of(statement):
        return (await db.execute(statement)).scalars().all()

    open_tasks = select(Task).where(Task.client_id == client_id, Task.archived_at.is_(None), Task.status.in_(["todo", "in_progress", "blocked"]))
    tasks = await all_of(open_tasks.order_by(Task.priority, Task.due_at).limit(12))
    failed = select(Command).where(Command.client_id == client_id, Command.success == 0, Command.resolved_by_id.is_(None))
    failures = await all_of(failed.order_by(Command.started_at.desc()).limit(60))
    known = select(Pattern).where(Pattern.client_id == client_id, Pattern.status == "active")
    patterns = await all_of(known.order_by(Pattern.last_seen_at.desc()).limit(30))
    hosts = await all_of(select(Host).where(Host.client_id == client_id, Host.archived_at.is_(None)).order_by(Host.hostname).limit(60))
    last = select(Session).where(Session.client_id == client_id).order_by(Session.started_at.desc()).limit(6)
    sessions = await all_of(last)
    counted = select(Command.session_id, func.count()).where(Command.session_id.in_([row.id for row in sessions])).group_by(Command.session_id)
    counts = dict((await db.execute(counted)).all())
    # No counting of tokens and no packing: less work than the server that it is compared with.
    lines = [f"Client: {client.name}"]
    lines += [f"- {task.priority} {task.title} [{task.id[-8:]}]" for task in tasks]
    lines += [f"- {pattern.title}: {pattern.recommended_alternative} [{pattern.id[-8:]}]" for pattern in patterns[:10]]
    lines += [f"- `{run.command}`: {run.stderr_excerpt} [{run.id[-8:]}]" for run in failures[:10]]
    lines += [f"- {host.hostname}: {host.os_name} {host.limitations}" for host in hosts if host.limitations != "[]"]
    lines += [f"- {row.started_at}: {row.title}, {counts.get(row.id, 0)} commands" for row in sessions]
    return {"text": "\n".join(lines), "client": {"id": client.id, "name": client.name}}
