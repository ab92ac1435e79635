from django.http import Http404


def new(request, **kwargs):
    raise Http404


def edit(request, **kwargs):
    raise Http404


def care_status(request, **kwargs):
    raise Http404


def away(request, **kwargs):
    raise Http404
