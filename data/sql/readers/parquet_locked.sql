-- From here on no other file is opened, and nothing of this is undone.
SET enable_external_access = false;
SET lock_configuration = true;
