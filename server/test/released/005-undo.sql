alter table deployment
    add column undo_of text references deployment on delete set null,
    add column undone_by text references deployment on delete set null;
  create index deployment_undo on deployment (undo_of) where undo_of is not null;
