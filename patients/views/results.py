from django.http import Http404


def new(request, **kwargs):
    raise Http404


def correct(request, **kwargs):
    raise Http404
