"""The page that shows every component, for those who build with them."""

from django.urls import path

from communique.ledger.design import views

app_name = "design"
urlpatterns = [path("design/", views.samples, name="samples")]
