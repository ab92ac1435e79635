from django.http import Http404


def chart(request, **kwargs):
    raise Http404
