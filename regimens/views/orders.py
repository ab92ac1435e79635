from django.http import Http404


def new(request, **kwargs):
    raise Http404


def end(request, **kwargs):
    raise Http404


def loading_ended(request, **kwargs):
    raise Http404


def void(request, **kwargs):
    raise Http404


def extra_recheck(request, **kwargs):
    raise Http404


def rechecks_off(request, **kwargs):
    raise Http404
