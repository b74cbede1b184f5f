"""The API under /api/: typed operations of the rooms, the same rules, rows and sentences as the pages.

How to add yours: write `api.py` in your room; it is collected by name when addresses are first needed.

    from ninja import Schema
    from entraide.kernel.api.doors import acting, open_to_all, public
    from entraide.kernel.api.paging import Page, Paged, paged
    from entraide.kernel.api.rooms import ApiRequest, Room

    room = Room("treaties", _("Treaties"))             # operations lie under /api/treaties/

    class StepIn(Schema):                              # what comes in: pydantic checks it and answers 422 in plain words
        title: str = Field(max_length=300)

    @room.get("instruments", door=public("treaty status is public"), response=Paged[InstrumentOut])
    def instruments(request: ApiRequest, page: Query[Page]) -> dict[str, object]:
        '''Every instrument.'''                        # the first line is the summary in the schema and on the page /api/
        return paged(request, queries.instruments(), page, write)

    @room.post("steps/{uuid:step}/evidence", door=acting("secretariat"), response={201: EvidenceOut})
    def add_evidence(request: ApiRequest, step: UUID, given: EvidenceIn) -> Status[...]:
        found = queries.step(step)                     # not visible: raise Http404
        return Status(201, write(services.add_evidence(by=request.acting, step=found, **given.dict())))

Doors. `public`: no sign-in, the same for everybody, cached (ETag, Cache-Control). `open_to_all`: whoever acts sees more; not cached then.
`acting(*functions)`: for a post, by session or by `Authorization: Bearer ent_…`; the operation and the writing of its answer run in the
post's context, in the request's transaction.

Answers. Call one service and return plain dicts. `Refused` becomes 403 with its sentence, `Stale` 409 with both versions, `Http404` the one
404 for hidden and absent, wrong input 422 with a sentence per place: raise them, catch nothing. Path parameters are `{uuid:…}`, `{slug:…}`
or `{int:…}`. Lists page. docs/adr/0010-api.md has the reasons.
"""
