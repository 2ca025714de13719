"""Jupyter's manager of a kernel, but for where the kernel comes from."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from laikhe_analysis.office.kernels.nursery import born

if TYPE_CHECKING:
    from jupyter_client.connect import KernelConnectionInfo

__all__ = ["Manager"]


class _Provisioner(LocalProvisioner):
    """Takes a kernel of this Python from the nursery, and starts any other."""

    async def launch_kernel(self, cmd: list[str], **given: Any) -> KernelConnectionInfo:
        is_own = cmd[:3] == [sys.executable, "-m", "ipykernel_launcher"]
        cwd, env = given.get("cwd"), given.get("env")
        child: Any = None
        if is_own:
            child = born(cmd[3:], cwd, dict(os.environ if env is None else env))
        if child is None:
            return await super().launch_kernel(cmd, **given)
        self.process, self.pid, self.cwd = child, child.pid, cwd
        return self.connection_info


class Manager(AsyncKernelManager):
    """Has a kernel of the nursery where one is open."""

    async def _async_pre_start_kernel(self, **given: Any) -> tuple[list[str], dict[str, Any]]:
        self.kernel_id = self.kernel_id or str(uuid4())
        self.provisioner = self.provisioner or _Provisioner(
            kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self
        )
        return await super()._async_pre_start_kernel(**given)
