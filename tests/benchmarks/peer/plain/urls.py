"""The bare DRF view: check the fields, insert one row, answer 201."""

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tests.benchmarks.peer.plain.models import Report


class ReportSerializer(serializers.ModelSerializer):
    class Meta:
        model = Report
        fields = ["reporter_kind", "anonymous", "what"]


class ReportView(APIView):
    def post(self, request: Request) -> Response:
        told = ReportSerializer(data=request.data)
        told.is_valid(raise_exception=True)
        return Response({"receipt": str(told.save().pk)}, status=201)


urlpatterns = [path("api/v1/reports", ReportView.as_view())]
