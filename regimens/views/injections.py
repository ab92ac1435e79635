from django.http import Http404


def new(request, **kwargs):
    raise Http404


def not_given(request, **kwargs):
    raise Http404


def saved(request, **kwargs):
    raise Http404


def undo(request, **kwargs):
    raise Http404
