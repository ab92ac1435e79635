from django.http import Http404


def care_plan(request, **kwargs):
    raise Http404
